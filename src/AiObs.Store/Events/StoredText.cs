using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AiObs.Store.Events;

/// <summary>Brings text into a form that every database stores and gives back unchanged, and that an index can hold.</summary>
/// <remarks>
/// An audit log that refuses an event because of a character in it could be blinded by whoever chooses the text; so nothing is refused.
/// Half surrogate pairs and NUL, which no database takes, become U+FFFD. Ids and types that need that, or are too long, end in their SHA-256
/// so that different ones stay different. Bringing a text into this form twice changes nothing.
/// </remarks>
internal static class StoredText
{
    public const int MaxIdLength = 512;

    private const int HashDigits = 64;

    /// <summary>Returns an id, or a type, as it is stored and searched for.</summary>
    public static string? Id(string? id)
    {
        if (id is null || (id.Length <= MaxIdLength && IsStorable(id)))
        {
            return id;
        }

        var head = id.Length > MaxIdLength - HashDigits - 1 ? id[..(MaxIdLength - HashDigits - 1)] : id;

        // Not an encoding's bytes: those of all half surrogate pairs are the same.
        var hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan())));
        return $"{Of(head)}~{hash}";
    }

    /// <summary>Returns a text as it is stored.</summary>
    public static string Of(string text) =>
        IsStorable(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    /// <summary>Returns a text as it is stored; <see langword="null"/> where there is none.</summary>
    public static string? OrNull(string? text) => text is null ? null : Of(text);

    /// <summary>Tells whether a text is stored as it is.</summary>
    public static bool IsStorable(string text)
    {
        var rest = text.AsSpan();
        if (rest.Contains('\0'))
        {
            return false;
        }

        for (var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 == rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
            {
                return false;
            }

            rest = rest[(at + 2)..];
        }

        return true;
    }
}
