namespace Server.Host.Files;

/// <summary>Chooses among the representations of a file: as it is, coded beside it, or compressed (RFC 9110, section
/// 12.5.3).</summary>
/// <remarks>Belongs to the thread of its cache.</remarks>
internal sealed class Representations(CachedSiblings siblings, Compressor compressor, Copier copier)
{
    /// <summary>Answers with one of the representations of a file, whose entry is held; let go if the system fails.</summary>
    public Lookup Choose(CachedFile file, CodingWeights weights)
    {
        try
        {
            return ChooseHeld(file, weights);
        }
        catch (IOException)
        {
            file.Entry?.Release();
            throw;
        }
    }

    private Lookup ChooseHeld(CachedFile file, CodingWeights weights)
    {
        var (beside, compressed) = (file.Siblings, compressor.CodingsOf(file));
        while (true)
        {
            var choice = Choice.Of(beside, compressed, file.Entry is not null, weights);
            switch (choice.Origin)
            {
                case Origin.Plain:
                    return copier.Find(file);
                case Origin.Sibling when siblings.Find(file, choice.Coding) is { } sibling:
                    file.Entry?.Release();
                    return sibling;
                case Origin.Sibling:
                    beside = beside.Without(choice.Coding); // it has gone meanwhile
                    break;
                case Origin.Compressed when compressor.Find(file, choice.Coding) is { } found:
                    return found;
                case Origin.Compressed:
                    compressed = default; // it couldn't be
                    break;
                case Origin.None when file.Entry is null && beside.IsEmpty:
                    return default; // what there was has gone meanwhile
                case Origin.None when file.Entry is { Varies: false } only:
                    return new(LookupKind.Found, only); // there is no choice to make (RFC 9110, section 12.4.1)
                default:
                    return NotAcceptable(file, beside.With(compressed));
            }
        }
    }

    private static Lookup NotAcceptable(CachedFile file, CodingSet coded)
    {
        var codings = file.Entry is null ? coded : coded.With(ContentCoding.Identity);
        file.Entry?.Release();
        return new(LookupKind.NotAcceptable, Entry: null, Codings: codings);
    }
}
