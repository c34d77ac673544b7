namespace Server.Host.Http;

/// <summary>The field lines of one request, in the order they came in.</summary>
/// <remarks>Grows to what the largest request so far needed and is reused: it allocates only while it grows.</remarks>
internal sealed class FieldList
{
    // What a browser sends to a static server: about twelve to eighteen.
    private const int InitialCapacity = 16;

    private static readonly int KnownFields = Enum.GetValues<KnownField>().Length;

    private readonly ushort[] counts = new ushort[KnownFields];
    private FieldSlice[] slices = new FieldSlice[InitialCapacity];

    public int Count { get; private set; }

    public FieldSlice this[int index] => slices[index];

    public int CountOf(KnownField known) => counts[(int)known];

    public void Add(FieldSlice field)
    {
        if (Count == slices.Length)
            Array.Resize(ref slices, slices.Length * 2);
        slices[Count++] = field;
        counts[(int)field.Known]++;
    }

    /// <summary>The index of the first such field at <paramref name="from"/> or after it; -1 if there is
    /// none.</summary>
    public int IndexOf(KnownField known, int from)
    {
        for (var index = from; index < Count; index++)
            if (slices[index].Known == known)
                return index;
        return -1;
    }

    public void Clear()
    {
        Count = 0;
        Array.Clear(counts);
    }
}
