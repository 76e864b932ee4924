# man.awk - takes out the paragraph macros that scdoc sets where man(7) has no
# use for them: after a heading, and before one, another one or the end.
/^\.PP?$/ { pending = 1; next }
{
    if (pending && !heading && $0 !~ /^\.(SH|SS|RE)/)
        print ".P"
    pending = 0
    # A comment says nothing about where we are.
    if ($0 !~ /^\.\\"/)
        heading = $0 ~ /^\.(SH|SS|TH)/
    print
}
