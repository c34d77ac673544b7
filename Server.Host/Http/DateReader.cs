namespace Server.Host.Http;

/// <summary>Reads a date from left to right. The first thing that doesn't fit fails it; what is read after that is 0.
/// </summary>
internal ref struct DateReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> rest = text;
    private bool failed;

    /// <summary>Whether everything fitted, and nothing is left.</summary>
    public readonly bool Succeeded => !failed && rest.IsEmpty;

    public void Skip(ReadOnlySpan<byte> literal)
    {
        if (rest.StartsWith(literal))
            rest = rest[literal.Length..];
        else
            failed = true;
    }

    /// <summary>Reads a number of exactly so many digits.</summary>
    public int ReadNumber(int digits)
    {
        if (rest.Length < digits || rest[..digits].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            failed = true;
            return 0;
        }
        var number = 0;
        foreach (var digit in rest[..digits])
            number = number * 10 + (digit - '0');
        rest = rest[digits..];
        return number;
    }

    /// <summary>Reads a day of the month, in two digits or in a blank and one.</summary>
    public int ReadPaddedDay()
    {
        if (rest is not [(byte)' ', ..])
            return ReadNumber(2);
        Skip(" "u8);
        return ReadNumber(1);
    }

    /// <summary>Reads <c>08:49:37</c>, up to <c>23:59:60</c>: a leap second is one second after 59.</summary>
    public TimeSpan ReadTime()
    {
        var hours = ReadNumber(2);
        Skip(":"u8);
        var minutes = ReadNumber(2);
        Skip(":"u8);
        var seconds = ReadNumber(2);
        failed |= hours > 23 || minutes > 59 || seconds > 60;
        return failed ? TimeSpan.Zero : new TimeSpan(hours, minutes, seconds);
    }

    /// <summary>Reads a name of three letters; 1 is January.</summary>
    public int ReadMonth() => ReadName("JanFebMarAprMayJunJulAugSepOctNovDec"u8) + 1;

    public void SkipShortDayName() => ReadName("MonTueWedThuFriSatSun"u8);

    public void SkipLongDayName()
    {
        Skip(
            ReadName("MonTueWedThuFriSatSun"u8) switch
            {
                1 => "sday"u8,
                2 => "nesday"u8,
                3 => "rsday"u8,
                5 => "urday"u8,
                _ => "day"u8,
            }
        );
    }

    private int ReadName(ReadOnlySpan<byte> namesOfThree)
    {
        for (var index = 0; index * 3 < namesOfThree.Length; index++)
            if (rest.StartsWith(namesOfThree.Slice(index * 3, 3)))
            {
                rest = rest[3..];
                return index;
            }
        failed = true;
        return 0;
    }
}
