using System.Diagnostics;
using AiObs.Chat;
using AiObs.Conventions.GenAI;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;
using Microsoft.Extensions.AI;

namespace AiObs.Tools;

/// <summary>Makes tool operations of a function's invocations.</summary>
internal sealed class ToolRecorder(OperationPipeline pipeline, AIFunction function)
{
    private readonly string _spanName = $"{GenAiOperationNames.ExecuteTool} {function.Name}";
    private readonly PartRecorder _parts = new(pipeline.Masker, pipeline.Faults);

    public bool IsListening => pipeline.IsListening;

    public ToolOperation? Start(AIFunctionArguments arguments) => pipeline.Faults.Get(
        "tool", (Recorder: this, arguments), static state => state.Recorder.StartCore(state.arguments));

    public void Complete(ToolOperation operation, object? result)
    {
        pipeline.Faults.Run(
            "tool",
            (Recorder: this, operation, result),
            static state => state.operation.Output = state.Recorder.Result(state.operation, state.result));
        pipeline.Complete(operation);
    }

    public void Fail(ToolOperation operation, Exception exception, bool callerCancelled) =>
        pipeline.Fail(operation, exception, callerCancelled);

    private ToolOperation StartCore(AIFunctionArguments arguments)
    {
        var operation = new ToolOperation(function.Name)
        {
            Description = string.IsNullOrEmpty(function.Description) ? null : function.Description,
        };
        pipeline.Start(operation, FindLoopSpan());
        operation.CallId = operation.FindAgentRun()?.ToolCalls.Take(function.Name, arguments)
            ?? operation.Activity?.GetTagItem(GenAiAttributes.ToolCallId) as string;
        operation.Input = pipeline.Masker.Value(operation, arguments, ContentSide.Input);
        return operation;
    }

    /// <summary>Finds the span that a function loop opened for this very invocation: it has our name, and no operation of ours stands on it.</summary>
    private Activity? FindLoopSpan()
    {
        var current = Activity.Current;
        return current?.OperationName == _spanName && !ReferenceEquals(current, AmbientOperation.Current?.Activity) ? current : null;
    }

    private RecordedValue? Result(ToolOperation operation, object? result)
    {
        if (!pipeline.Masker.Records || result is null)
        {
            return null;
        }

        if (pipeline.Masker.HidesAll(ContentSide.Output))
        {
            return RecordedValue.Redacted;
        }

        var value = ToolResultValue.Of(result, content => _parts.Record(operation, content, ContentSide.Output));
        return value.IsJson
            ? RecordedValue.Json(pipeline.Masker.Json(operation, value.Text))
            : RecordedValue.Plain(pipeline.Masker.Text(operation, value.Text));
    }
}
