using System.Text;

namespace Server.Host.Http;

/// <summary>Reads the Expect field (RFC 9110, section 10.1.1).</summary>
internal static class ExpectationRules
{
    /// <summary>An expectation in HTTP/1.0 is ignored, as the RFC demands.</summary>
    public static Expectation Read(Request request)
    {
        var expectation = Expectation.None;
        if (request.MinorVersion == 0)
            return expectation;
        foreach (var value in request.ValuesOf(KnownField.Expect))
        foreach (var member in new ListElements(value))
        {
            if (member.IsEmpty)
                continue; // section 5.6.1.2
            if (!Ascii.EqualsIgnoreCase(member, "100-continue"u8))
                return Expectation.Unknown;
            expectation = Expectation.Continue;
        }
        return expectation;
    }
}
