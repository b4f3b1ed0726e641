using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Reads why a message ended.</summary>
internal static class FinishReasons
{
    /// <summary>Returns the reason; <see langword="null"/> where the message does not say.</summary>
    public static string? Of(JsonElement message, IList<AIContent> contents) => Words.Of(message.Text("finish_reason")) switch
    {
        null or Words.Unknown => null,

        // The state of the response, where the provider's library has no reason at hand.
        "completed" => contents.Any(static content => content is FunctionCallContent) ? "tool_calls" : "stop",
        var reason => Plain(reason),
    };

    /// <summary>Returns a reason in the words of the conventions, where it is the name of a member of an enumeration.</summary>
    public static string Plain(string reason) => reason switch
    {
        "Stop" => "stop",
        "Length" => "length",
        "ToolCalls" or "FunctionCall" => "tool_calls",
        "ContentFilter" or "ContentFiltered" => "content_filter",
        _ => reason,
    };
}
