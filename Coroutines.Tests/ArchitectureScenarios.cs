using System.Reflection;
using System.Reflection.Emit;

namespace Coroutines.Tests;

/// <summary>Feature: dependencies point down only.</summary>
public sealed class ArchitectureScenarios
{
    private static readonly Assembly Library = typeof(Scheduler).Assembly;

    // Each may use those before it.
    private static readonly string[][] Layers =
    [
        ["Coroutines.Polling"],
        ["Coroutines"],
        ["Coroutines.Sockets"],
        ["Coroutines.Sync", "Coroutines.Diagnostics", "Coroutines.Testing"],
        ["Coroutines.Exploring"],
    ];

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    [Test]
    public void Every_namespace_of_the_library_has_a_layer() =>
        TypesOfTheLibrary()
            .Select(type => type.Namespace!)
            .Distinct()
            .ShouldAllBe(name => Layers.Any(layer => layer.Contains(name)));

    [Test]
    public void A_layer_uses_only_those_below_it() =>
        TypesOfTheLibrary()
            .SelectMany(user => UsedBy(user).Select(used => (User: user, Used: used)))
            .Where(pair => !MayUse(pair.User.Namespace!, pair.Used.Namespace!))
            .Select(pair => $"{pair.User} uses {pair.Used}")
            .Distinct()
            .ShouldBeEmpty();

    [Test]
    public void The_check_sees_what_is_used_in_signatures_and_bodies()
    {
        UsedBy(typeof(Scheduler)).ShouldContain(typeof(Coroutines.Polling.IPoller));
        UsedBy(typeof(Scheduler)).ShouldContain(typeof(Coroutines.Polling.AutoPoller)); // made in a body, and named nowhere else
    }

    [TestCase("Server.Host")]
    [TestCase("NLog")]
    [TestCase("System.CommandLine")]
    [TestCase("System.Console")]
    [TestCase("MimeKit")]
    public void The_library_does_not_know(string assembly) =>
        Library.GetReferencedAssemblies().Select(reference => reference.Name).ShouldNotContain(assembly);

    private static IEnumerable<Type> TypesOfTheLibrary() =>
        Library.GetTypes().Where(type => type.Namespace?.StartsWith("Coroutines", StringComparison.Ordinal) == true);

    private static bool MayUse(string user, string used) => user == used || LayerOf(used) < LayerOf(user);

    private static int LayerOf(string name) => Array.FindIndex(Layers, layer => layer.Contains(name));

    private static HashSet<Type> UsedBy(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        var used = new List<Type?> { type.BaseType };
        used.AddRange(type.GetInterfaces());
        used.AddRange(type.GetFields(All).Select(field => field.FieldType));
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            used.AddRange(UsedBy(method));
        return used.SelectMany(Parts).Where(part => part.Assembly == Library && part.Namespace is not null).ToHashSet();
    }

    private static IEnumerable<Type?> UsedBy(MethodBase method)
    {
        foreach (var parameter in method.GetParameters())
            yield return parameter.ParameterType;
        yield return (method as MethodInfo)?.ReturnType;
        foreach (var local in method.GetMethodBody()?.LocalVariables ?? [])
            yield return local.LocalType;
        foreach (var member in MembersNamedIn(method))
        {
            yield return member as Type ?? member.DeclaringType;
            yield return (member as MethodInfo)?.ReturnType ?? (member as FieldInfo)?.FieldType;
        }
    }

    private static IEnumerable<MemberInfo> MembersNamedIn(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length; )
        {
            var first = code[at++];
            var operation = OpCodesByValue[first == 0xFE ? (short)(0xFE00 | code[at++]) : first];
            if (
                operation.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
                yield return method.Module.ResolveMember(
                    BitConverter.ToInt32(code, at),
                    method.DeclaringType!.GetGenericArguments(),
                    method.IsGenericMethod ? method.GetGenericArguments() : null
                )!;
            at += OperandBytes(operation, code, at);
        }
    }

    private static int OperandBytes(OpCode operation, byte[] code, int at) =>
        operation.OperandType switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
            _ => 4,
        };

    private static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null)
            return [];
        if (type.HasElementType)
            return Parts(type.GetElementType());
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type) : [type];
    }
}
