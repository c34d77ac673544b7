using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Coroutines.Diagnostics;

/// <summary>The fields of a compiled iterator, by what they are in the source.</summary>
/// <remarks>
/// A parameter keeps its name. A local is <c>&lt;name&gt;5__K</c>; locals that a lambda or a local function captures are
/// the fields of an object in <c>&lt;&gt;8__K</c>. The other names in brackets are the compiler's own. An optimising
/// compiler lets one field hold several locals, after the first of which it is called; the scope of entry K - 1 is then
/// that of the first, so that out of it the field isn't shown.
/// </remarks>
internal sealed class IteratorFields
{
    private const BindingFlags OfInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const string LocalMark = ">5__";
    private const string ClosureMark = "<>8__";
    private const string OuterClosure = "CS$<>8__locals";
    private const string This = "<>4__this";

    private readonly List<FieldInfo> parameters = [];
    private readonly List<(int Slot, string? Name, FieldInfo Field)> locals = [];
    private readonly FieldInfo? closure;

    public IteratorFields(Type iterator)
    {
        foreach (var field in FieldsOf(iterator))
        {
            if (field.Name == YieldScan.StateField)
                State = field;
            else if (field.Name == This && field.FieldType.Name.StartsWith("<>c", StringComparison.Ordinal))
                closure = field;
            else if (!field.Name.StartsWith('<'))
                parameters.Add(field);
            else if (SlotOf(field.Name) is { } slot)
                locals.Add((slot, SourceNameOf(field.Name), field));
        }
        locals.Sort((one, other) => one.Slot.CompareTo(other.Slot));
    }

    /// <summary>Where the state is kept; null if the compiler didn't make this iterator.</summary>
    public FieldInfo? State { get; }

    /// <summary>Puts the parameters into an order; an optimising compiler doesn't keep theirs.</summary>
    public void Order(IReadOnlyList<string> names)
    {
        var places = names.ToList();
        parameters.Sort((one, other) => places.IndexOf(one.Name).CompareTo(places.IndexOf(other.Name)));
    }

    /// <summary>Reads the parameters, and the variables that a local function captures.</summary>
    public List<Variable> ReadParameters(object iterator)
    {
        var variables = new List<Variable>();
        foreach (var field in parameters)
            variables.Add(new Variable(field.Name, ValueText.Of(field.GetValue(iterator))));
        AddCaptured(closure?.GetValue(iterator), variables);
        return variables;
    }

    /// <summary>Reads the locals that are in scope at an offset.</summary>
    public void ReadLocals(object iterator, IReadOnlyList<HoistedScope> scopes, int offset, List<Variable> variables)
    {
        foreach (var (slot, name, field) in locals)
        {
            if (slot > scopes.Count || !scopes[slot - 1].Contains(offset))
                continue;
            var value = field.GetValue(iterator);
            if (name is null)
                AddCaptured(value, variables);
            else
                variables.Add(new Variable(name, ValueText.Of(value)));
        }
    }

    private static void AddCaptured(object? closure, List<Variable> variables)
    {
        if (closure is null)
            return;
        foreach (var field in FieldsOf(closure.GetType()))
        {
            var value = field.GetValue(closure);
            if (field.Name.StartsWith(OuterClosure, StringComparison.Ordinal))
                AddCaptured(value, variables);
            else if (!field.Name.StartsWith('<'))
                variables.Add(new Variable(field.Name, ValueText.Of(value)));
        }
    }

    private static int? SlotOf(string name)
    {
        var mark = name.StartsWith(ClosureMark, StringComparison.Ordinal)
            ? 0
            : name.IndexOf(LocalMark, StringComparison.Ordinal);
        return
            mark >= 0
            && int.TryParse(name.AsSpan(name.LastIndexOf('_') + 1), CultureInfo.InvariantCulture, out var slot)
            ? slot
            : null;
    }

    private static string? SourceNameOf(string name) =>
        name.StartsWith(ClosureMark, StringComparison.Ordinal)
            ? null
            : name[1..name.IndexOf('>', StringComparison.Ordinal)];

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2070",
        Justification = "The fields that an iterator uses stay; one that was taken away isn't shown."
    )]
    private static FieldInfo[] FieldsOf(Type type) => type.GetFields(OfInstance);
}
