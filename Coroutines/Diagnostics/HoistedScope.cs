namespace Coroutines.Diagnostics;

/// <summary>The stretch of <c>MoveNext</c> in which a local that lives in a field is in scope.</summary>
/// <param name="Start">The offset of its first instruction.</param>
/// <param name="Length">How many bytes of code; 0 if the compiler doesn't tell.</param>
internal readonly record struct HoistedScope(int Start, int Length)
{
    public bool Contains(int offset) => offset >= Start && offset < Start + Length;
}
