using System.Text.Json.Serialization;

namespace FakeModelServer;

/// <summary>Says why a reply ends; every protocol spells it its own way.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FinishReason>))]
public enum FinishReason
{
    /// <summary>The model had said everything: <c>stop</c>, <c>end_turn</c>, <c>completed</c>.</summary>
    Stop,

    /// <summary>The token limit was reached: <c>length</c>, <c>max_tokens</c>, <c>max_output_tokens</c>.</summary>
    Length,

    /// <summary>The model wants tools to be called: <c>tool_calls</c>, <c>tool_use</c>.</summary>
    ToolCalls,

    /// <summary>The provider stepped in: <c>content_filter</c>, <c>refusal</c>.</summary>
    ContentFilter,

    /// <summary>A stop sequence of the request was met: <c>stop_sequence</c>, or plain <c>stop</c>.</summary>
    StopSequence,
}
