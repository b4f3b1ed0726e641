using System.Buffers;
using System.Text;

namespace AiObs.Paging;

/// <summary>A line of comma-separated values as in RFC 4180, in UTF-8. Missing is nothing between the commas, empty is two quotes.</summary>
internal static class CsvLine
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>The full-width forms are formulas too where such keyboards are common.</summary>
    private static readonly SearchValues<char> StartFormulas = SearchValues.Create("=+-@＝＋－＠");

    public static void Write(IBufferWriter<byte> output, params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            output.Write(i == 0 ? [] : ","u8);
            Encoding.UTF8.GetBytes(Quoted(cells[i]), output);
        }

        output.Write("\r\n"u8);
    }

    /// <summary>Puts an apostrophe before text that looks like a formula, as spreadsheets run that. Programs that read the file take it off again.</summary>
    public static string? Harmless(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        var seen = text.AsSpan().TrimStart();
        var isFormula = text[0] is '\t' or '\r' or '\n' || (seen.Length > 0 && StartFormulas.Contains(seen[0]));
        return isFormula ? "'" + text : text;
    }

    private static string Quoted(string? text) => text switch
    {
        null => "",
        "" => "\"\"",
        _ => text.AsSpan().ContainsAny(NeedQuotes) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text,
    };
}
