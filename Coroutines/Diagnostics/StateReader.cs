using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Coroutines.Diagnostics;

/// <summary>Reads the field in which an iterator keeps its state.</summary>
internal static class StateReader
{
    /// <summary>A method that reads it in a nanosecond or two; where no code can be made, one that boxes what it reads.
    /// </summary>
    public static Func<object, int> Of(FieldInfo state)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            return frame => (int)state.GetValue(frame)!;
        var method = new DynamicMethod(
            "StateOf",
            typeof(int),
            [typeof(object)],
            state.DeclaringType!,
            skipVisibility: true
        );
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Castclass, state.DeclaringType!);
        code.Emit(OpCodes.Ldfld, state);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<object, int>>();
    }
}
