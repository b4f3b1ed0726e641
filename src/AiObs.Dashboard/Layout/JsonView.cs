using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Layout;

/// <summary>Shows JSON on lines of its own, and any other text as it is.</summary>
internal static class JsonView
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(HtmlWriter html, string text)
    {
        var shown = Indent(text);
        html.Write($"""<pre class="text"><code><bdi>{TextView.Cut(shown)}</bdi></code></pre>""");
        TextView.WriteRest(html, shown);
    }

    private static string Indent(string text)
    {
        if (text.Length == 0 || text[0] is not ('{' or '['))
        {
            return text;
        }

        try
        {
            using var document = JsonDocument.Parse(JsonHalves.Repair(text));
            var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, Indented))
            {
                document.RootElement.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
