using System.Text.Json.Serialization;

namespace SupportDesk.Chat;

/// <summary>Is one thing that happens while a question is answered, as the page is told of it.</summary>
/// <param name="Type">The name of the event in the stream.</param>
[JsonDerivedType(typeof(Text))]
[JsonDerivedType(typeof(ToolCall))]
[JsonDerivedType(typeof(ToolResult))]
[JsonDerivedType(typeof(Trouble))]
[JsonDerivedType(typeof(Done))]
internal abstract record TurnEvent([property: JsonIgnore] string Type)
{
    /// <summary>The model has said something.</summary>
    public sealed record Text(string Delta) : TurnEvent("text");

    /// <summary>The model has asked for a tool.</summary>
    public sealed record ToolCall(string Id, string Name, string Arguments) : TurnEvent("tool_call");

    /// <summary>A tool has answered.</summary>
    public sealed record ToolResult(string Id, string Result) : TurnEvent("tool_result");

    /// <summary>The answer ends here, since a budget refused the next call (<c>refused</c>) or something broke (<c>failed</c>).</summary>
    public sealed record Trouble(string Type, string Message) : TurnEvent(Type);

    /// <summary>The turn is over.</summary>
    /// <param name="TraceId">The trace of the turn.</param>
    /// <param name="Cost">What it cost; null where that could not be found out in time.</param>
    /// <param name="Budget">What the visitor has left.</param>
    public sealed record Done(string? TraceId, TurnCost? Cost, BudgetView Budget) : TurnEvent("done");
}
