namespace Coroutines.Diagnostics;

/// <summary>The name of a type as C# writes it, without its namespace: <c>List&lt;int&gt;</c>, <c>byte[]</c>.</summary>
internal static class TypeName
{
    public static string Of(Type type) =>
        type.IsArray ? $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]"
        : Keyword(type) is { } keyword ? keyword
        : Nullable.GetUnderlyingType(type) is { } value ? $"{Of(value)}?"
        : type.IsGenericType ? Bare(type) + Arguments(type.GetGenericArguments())
        : Bare(type);

    /// <summary>The name without what tells how many type parameters there are.</summary>
    public static string Bare(Type type) => type.Name.Split('`')[0];

    public static string Arguments(ReadOnlySpan<Type> arguments)
    {
        if (arguments.IsEmpty)
            return "";
        var names = new List<string>();
        foreach (var argument in arguments)
            names.Add(Of(argument));
        return $"<{string.Join(", ", names)}>";
    }

    private static string? Keyword(Type type) =>
        type.IsEnum ? null
        : type == typeof(object) ? "object"
        : Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "bool",
            TypeCode.Byte => "byte",
            TypeCode.SByte => "sbyte",
            TypeCode.Int16 => "short",
            TypeCode.UInt16 => "ushort",
            TypeCode.Int32 => "int",
            TypeCode.UInt32 => "uint",
            TypeCode.Int64 => "long",
            TypeCode.UInt64 => "ulong",
            TypeCode.Single => "float",
            TypeCode.Double => "double",
            TypeCode.Decimal => "decimal",
            TypeCode.Char => "char",
            TypeCode.String => "string",
            _ => null,
        };
}
