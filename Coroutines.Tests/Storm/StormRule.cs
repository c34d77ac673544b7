using System.Runtime.CompilerServices;
using System.Text;

namespace Coroutines.Tests.Storm;

/// <summary>The text of a rule, which is put together only if the rule is broken: millions of them hold.</summary>
[InterpolatedStringHandler]
internal readonly ref struct StormRule
{
    private readonly StringBuilder? text;

    public StormRule(int literalLength, int formattedCount, bool isSo, out bool isBroken)
    {
        isBroken = !isSo;
        text = isBroken ? new(literalLength + (formattedCount * 16)) : null;
    }

    public void AppendLiteral(string literal) => text!.Append(literal);

    public void AppendFormatted<T>(T value) => text!.Append(value);

    public override string ToString() => text?.ToString() ?? "";
}
