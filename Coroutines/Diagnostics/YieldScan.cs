using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Coroutines.Diagnostics;

/// <summary>Finds where an iterator yields in the code of its <c>MoveNext</c>.</summary>
/// <remarks>Just before it returns from the N-th <c>yield return</c>, the code stores N in the field
/// <c>&lt;&gt;1__state</c>: a constant is pushed, and <c>stfld</c> takes it.</remarks>
internal static class YieldScan
{
    public const string StateField = "<>1__state";

    /// <summary>The offset of the store for each state of 1 and above.</summary>
    public static Dictionary<int, int> Find(BlobReader code, MetadataReader metadata)
    {
        var offsets = new Dictionary<int, int>();
        int? pushed = null;
        while (code.RemainingBytes > 0)
        {
            var offset = code.Offset;
            var operation = ReadOperation(ref code);
            if (operation != ILOpCode.Stfld)
            {
                pushed = ReadConstant(operation, ref code);
                continue;
            }
            var field = NameOf(code.ReadInt32(), metadata);
            if (field == StateField && pushed is > 0 and var state)
                offsets[state] = offset;
            pushed = null;
        }
        return offsets;
    }

    private static ILOpCode ReadOperation(ref BlobReader code)
    {
        var first = code.ReadByte();
        return first == 0xFE ? (ILOpCode)(0xFE00 | code.ReadByte()) : (ILOpCode)first;
    }

    /// <summary>Passes over the operand; returns it if it is an integer that is pushed.</summary>
    private static int? ReadConstant(ILOpCode operation, ref BlobReader code)
    {
        switch (operation)
        {
            case >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8:
                return operation - ILOpCode.Ldc_i4_0;
            case ILOpCode.Ldc_i4_s:
                return code.ReadSByte();
            case ILOpCode.Ldc_i4:
                return code.ReadInt32();
            case ILOpCode.Switch:
                var targets = code.ReadInt32();
                code.Offset += targets * sizeof(int);
                return null;
            default:
                code.Offset += OperandBytes(operation);
                return null;
        }
    }

    // ECMA-335, partition III: the size of what follows an operation.
    private static int OperandBytes(ILOpCode operation) =>
        operation switch
        {
            >= ILOpCode.Ldarg_s and <= ILOpCode.Stloc_s => 1,
            >= ILOpCode.Br_s and <= ILOpCode.Blt_un_s => 1,
            ILOpCode.Leave_s or ILOpCode.Unaligned => 1,
            >= ILOpCode.Ldarg and <= ILOpCode.Stloc => 2,
            ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8 => 8,
            ILOpCode.Ldc_r4 or (>= ILOpCode.Jmp and <= ILOpCode.Calli) => 4,
            >= ILOpCode.Br and <= ILOpCode.Blt_un => 4,
            >= ILOpCode.Callvirt and <= ILOpCode.Isinst => 4,
            ILOpCode.Unbox or (>= ILOpCode.Ldfld and <= ILOpCode.Stobj) => 4,
            ILOpCode.Box or ILOpCode.Newarr or ILOpCode.Ldelema or ILOpCode.Ldelem => 4,
            ILOpCode.Stelem or ILOpCode.Unbox_any or ILOpCode.Refanyval or ILOpCode.Mkrefany => 4,
            ILOpCode.Ldtoken or ILOpCode.Leave or ILOpCode.Ldftn or ILOpCode.Ldvirtftn => 4,
            ILOpCode.Initobj or ILOpCode.Constrained or ILOpCode.Sizeof => 4,
            _ => 0,
        };

    // The fields of a generic iterator are named by reference, with its type arguments; by name both are the same.
    private static string? NameOf(int token, MetadataReader metadata)
    {
        var handle = MetadataTokens.EntityHandle(token);
        return handle.Kind switch
        {
            HandleKind.FieldDefinition => metadata.GetString(
                metadata.GetFieldDefinition((FieldDefinitionHandle)handle).Name
            ),
            HandleKind.MemberReference => metadata.GetString(
                metadata.GetMemberReference((MemberReferenceHandle)handle).Name
            ),
            _ => null,
        };
    }
}
