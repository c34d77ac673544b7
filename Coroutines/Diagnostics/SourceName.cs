namespace Coroutines.Diagnostics;

/// <summary>The name that an iterator has in its source, from the name that the compiler gave its type.</summary>
/// <remarks>
/// <c>&lt;Serve&gt;d__12</c> in <c>HttpConnection</c> is <c>HttpConnection.Serve</c>, and
/// <c>&lt;&lt;Run&gt;g__Feed|3_0&gt;d</c>, of a local function, is <c>HttpConnection.Run.Feed</c>. The types that hold
/// captured variables have no name in the source, and are left out.
/// </remarks>
internal static class SourceName
{
    public static string Of(Type iterator)
    {
        if (MethodIn(iterator.Name) is not { } method)
            return TypeName.Of(iterator);
        var owner = iterator.DeclaringType;
        while (owner is not null && owner.Name.StartsWith('<'))
            owner = owner.DeclaringType;
        var arguments = iterator.GetGenericArguments();
        var taken = 0;
        var path = Path(owner, arguments, ref taken);
        return $"{path}{method}{TypeName.Arguments(arguments.AsSpan(taken))}";
    }

    /// <summary>The types around it, each with its own part of the type arguments.</summary>
    private static string Path(Type? type, Type[] arguments, ref int taken)
    {
        if (type is null)
            return "";
        var outer = Path(type.DeclaringType, arguments, ref taken);
        var before = taken;
        taken = Math.Max(taken, type.GetGenericArguments().Length);
        return $"{outer}{TypeName.Bare(type)}{TypeName.Arguments(arguments.AsSpan(before..taken))}.";
    }

    /// <summary>What stands between the first bracket and the one that closes it; null if the name isn't a compiler's.
    /// </summary>
    private static string? MethodIn(string name)
    {
        if (!name.StartsWith('<'))
            return null;
        var close = ClosingBracket(name);
        if (close < 0)
            return null;
        var inner = name[1..close];
        return inner.StartsWith('<') ? LocalFunctionIn(inner) : inner[(InterfaceIn(inner) + 1)..];
    }

    // <Run>g__Feed|3_0; that of a program without a Main of its own is called <Main>$.
    private static string LocalFunctionIn(string name)
    {
        var mark = name.IndexOf("g__", StringComparison.Ordinal);
        var end = name.LastIndexOf('|');
        if (mark < 0 || end < mark)
            return name;
        var method = MethodIn(name) is { } outer && !outer.EndsWith('$') ? outer + "." : "";
        return method + name[(mark + "g__".Length)..end];
    }

    private static int ClosingBracket(string name)
    {
        var open = 0;
        for (var at = 0; at < name.Length; at++)
        {
            open += name[at] switch
            {
                '<' => 1,
                '>' => -1,
                _ => 0,
            };
            if (open == 0)
                return at;
        }
        return -1;
    }

    // One that implements a method of an interface explicitly bears the name of both, with the dots turned to dashes.
    private static int InterfaceIn(string name) => name.AsSpan().LastIndexOfAny('.', '-');
}
