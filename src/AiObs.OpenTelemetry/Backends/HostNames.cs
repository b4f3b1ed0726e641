using System.Buffers;

namespace AiObs.OpenTelemetry.Backends;

/// <summary>Tells names that may become part of an address from keys and tokens that were set in their place.</summary>
internal static class HostNames
{
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Tells whether a text is one part of a host name: lower-case letters, digits and hyphens.</summary>
    public static bool IsLabel(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= LongestLabel && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(Characters);

    /// <summary>Tells whether a text is a domain of two or more such parts.</summary>
    public static bool IsDomain(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            if (!IsLabel(text[range]))
            {
                return false;
            }

            parts++;
        }

        return parts > 1;
    }
}
