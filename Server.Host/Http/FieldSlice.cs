namespace Server.Host.Http;

/// <summary>Where one field line stands in its head.</summary>
/// <param name="Value">Without the blanks around it.</param>
internal readonly record struct FieldSlice(KnownField Known, Slice Name, Slice Value);
