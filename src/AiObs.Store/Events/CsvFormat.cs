using System.Buffers;
using System.Globalization;
using System.Text;
using AiObs.Events;

namespace AiObs.Store.Events;

/// <summary>Comma-separated values as in RFC 4180, in UTF-8, with a header. Missing is nothing between the commas, empty is two quotes.</summary>
/// <remarks>Spreadsheets run text that looks like a formula, so an apostrophe stands before such text, also in what a log writes itself: somebody may have changed it. Programs that read the file take it off again.</remarks>
internal sealed class CsvFormat : IEventFormat
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>The full-width forms are formulas too where such keyboards are common.</summary>
    private static readonly SearchValues<char> StartFormulas = SearchValues.Create("=+-@＝＋－＠");

    public void WriteHeader(IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(string.Join(',', EventColumns.All), output);
        output.Write("\r\n"u8);
    }

    public void Write(IBufferWriter<byte> output, LoggedEvent logged)
    {
        var item = logged.Event;
        string?[] cells =
        [
            logged.Position.ToString(CultureInfo.InvariantCulture),
            Harmless(logged.Writer),
            logged.Sequence.ToString(CultureInfo.InvariantCulture),
            Harmless(logged.Hash),
            item.Id.ToString(),
            item.Time.ToString("O", CultureInfo.InvariantCulture),
            Harmless(item.Type),
            Harmless(item.ConversationId),
            Harmless(item.UserId),
            Harmless(item.SessionId),
            Harmless(item.TraceId),
            Harmless(item.SpanId),
            EventDataJson.Write(item.Data),
            Harmless(item.Content),
            logged.IsContentErased ? "true" : "false",
        ];
        for (var i = 0; i < cells.Length; i++)
        {
            output.Write(i == 0 ? [] : ","u8);
            Encoding.UTF8.GetBytes(Quoted(cells[i]), output);
        }

        output.Write("\r\n"u8);
    }

    private static string? Harmless(string? text)
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
