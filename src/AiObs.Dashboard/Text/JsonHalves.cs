using System.Globalization;
using System.Text;

namespace AiObs.Dashboard.Text;

/// <summary>Makes JSON of others readable in which half a character stands, as where a text was cut in the middle of an emoji. Readers refuse all of it otherwise.</summary>
internal static class JsonHalves
{
    private const string Missing = "\\ufffd";

    /// <summary>The length of an escape with a number: a backslash, a letter and four digits.</summary>
    private const int EscapeLength = 6;

    /// <summary>Returns the JSON with a replacement character for each half of one, written as it is or as an escape.</summary>
    public static string Repair(string json)
    {
        if (!json.Contains("\\ud", StringComparison.OrdinalIgnoreCase) && !json.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return json;
        }

        var repaired = new StringBuilder(json.Length);
        for (var at = 0; at < json.Length;)
        {
            var (unit, length) = Read(json, at);
            if (!char.IsSurrogate(unit))
            {
                repaired.Append(json, at, length);
            }
            else if (char.IsHighSurrogate(unit) && at + length < json.Length && Read(json, at + length) is var (low, lowLength) && char.IsLowSurrogate(low))
            {
                repaired.Append(json, at, length += lowLength);
            }
            else
            {
                repaired.Append(Missing);
            }

            at += length;
        }

        return repaired.ToString();
    }

    /// <summary>Reads a character or an escape: which unit of UTF-16 it is, and how long it is.</summary>
    private static (char Unit, int Length) Read(string json, int at)
    {
        if (json[at] != '\\' || at + 1 == json.Length)
        {
            return (json[at], 1);
        }

        return json[at + 1] == 'u' && at + EscapeLength <= json.Length && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? ((char)unit, EscapeLength)
            : ('\\', 2);
    }
}
