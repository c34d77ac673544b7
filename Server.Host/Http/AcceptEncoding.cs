// Of several elements for one coding, the smallest weight counts: who says anywhere that a coding isn't wanted doesn't get
// it. An element that is malformed names no coding. What isn't named:
//
//   a coding      has the weight of '*', or else isn't acceptable
//   identity      has the weight of '*', or else is acceptable, but anything that is named is preferred to it
//   without the field, all is acceptable, and identity is preferred; an empty field takes identity alone
using System.Text;
using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>Reads the field Accept-Encoding (RFC 9110, section 12.5.3).</summary>
internal static class AcceptEncoding
{
    private const int Unnamed = int.MaxValue;

    /// <summary>What the lines of the field say together. Allocates nothing.</summary>
    public static CodingWeights Of(Request request)
    {
        if (!request.Has(KnownField.AcceptEncoding))
            return CodingWeights.Unstated;
        var (identity, brotli, zstandard, gzip, rest) = (Unnamed, Unnamed, Unnamed, Unnamed, Unnamed);
        foreach (var value in request.ValuesOf(KnownField.AcceptEncoding))
        foreach (var element in new ListElements(value))
        {
            if (!TryRead(element, out var coding, out var weight))
                continue;
            if (Is(coding, "br"u8))
                brotli = Math.Min(brotli, weight);
            else if (Is(coding, "gzip"u8) || Is(coding, "x-gzip"u8)) // section 8.4.1.3
                gzip = Math.Min(gzip, weight);
            else if (Is(coding, "zstd"u8))
                zstandard = Math.Min(zstandard, weight);
            else if (Is(coding, "identity"u8))
                identity = Math.Min(identity, weight);
            else if (Is(coding, "*"u8))
                rest = Math.Min(rest, weight);
        }
        var unnamed = rest == Unnamed ? 0 : rest;
        return new(
            Named(identity, rest == Unnamed ? CodingWeights.Least : rest),
            Named(brotli, unnamed),
            Named(zstandard, unnamed),
            Named(gzip, unnamed)
        );
    }

    private static int Named(int weight, int otherwise) => weight == Unnamed ? otherwise : weight;

    private static bool Is(ReadOnlySpan<byte> coding, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(coding, name);

    private static bool TryRead(ReadOnlySpan<byte> element, out ReadOnlySpan<byte> coding, out int weight)
    {
        var semicolon = element.IndexOf((byte)';');
        coding = semicolon < 0 ? element : Octets.TrimBlanks(element[..semicolon]);
        weight = CodingWeights.Most;
        return semicolon < 0 || TryReadWeight(Octets.TrimBlanks(element[(semicolon + 1)..]), out weight);
    }

    private static bool TryReadWeight(ReadOnlySpan<byte> parameter, out int weight)
    {
        weight = 0;
        return parameter is [(byte)'q' or (byte)'Q', (byte)'=', ..] && TryReadValue(parameter[2..], out weight);
    }

    // qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )
    private static bool TryReadValue(ReadOnlySpan<byte> value, out int weight)
    {
        weight = 0;
        if (value is not [(byte)'0' or (byte)'1', ..] || value.Length > "0.000".Length)
            return false;
        if (value.Length > 1 && value[1] != (byte)'.')
            return false;
        weight = (value[0] - '0') * CodingWeights.Most;
        var place = CodingWeights.Most / 10;
        for (var i = 2; i < value.Length; i++, place /= 10)
        {
            if (!char.IsAsciiDigit((char)value[i]))
                return false;
            weight += (value[i] - '0') * place;
        }
        return weight <= CodingWeights.Most;
    }
}
