using System.Text.Json;
using AiObs.Operations;
using AiObs.Operations.Content;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Reads what a tool returned: text as text, content items as parts, everything else as JSON.</summary>
internal static class ToolResultValue
{
    public static RecordedValue Of(object result, Func<AIContent, MessagePart?> record) => result switch
    {
        string text => RecordedValue.Plain(text),
        JsonElement { ValueKind: JsonValueKind.String } element => RecordedValue.Plain(TextOf(element)),
        TextContent text => RecordedValue.Plain(text.Text),
        AIContent content => Parts([content], record),
        IEnumerable<AIContent> contents => Parts(contents, record),
        _ => RecordedValue.Json(ValueJson.Write(result)),
    };

    private static RecordedValue Parts(IEnumerable<AIContent> contents, Func<AIContent, MessagePart?> record) =>
        RecordedValue.Json(MessageJson.WriteParts([.. contents.Select(record).OfType<MessagePart>()]));

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: no text, but no reason either to show nothing of what a tool said.
            return element.GetRawText();
        }
    }
}
