using System.Diagnostics;
using System.Text.Json;
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
    private const string Part = "tool";

    private readonly string _name = function.Name;
    private readonly string _spanName = $"{GenAiOperationNames.ExecuteTool} {function.Name}";
    private readonly PartRecorder _parts = new(pipeline.Masker, pipeline.Faults);

    public bool IsListening => pipeline.IsListening;

    public ToolOperation? Start(AIFunctionArguments arguments) => pipeline.Faults.Get(
        Part, (Recorder: this, arguments), static state => state.Recorder.StartCore(state.arguments));

    public void Complete(ToolOperation operation, object? result)
    {
        pipeline.Faults.Run(
            Part,
            (Recorder: this, operation, result),
            static state => state.operation.Output = state.Recorder.Result(state.operation, state.result));
        if (pipeline.Faults.Get(Part, result, static result => ReportedFailure.IsIn(result) ? ReportedFailure.Error : null) is { } error)
        {
            pipeline.Fail(operation, error);
        }
        else
        {
            pipeline.Complete(operation);
        }
    }

    public void Fail(ToolOperation operation, Exception exception, bool callerCancelled) =>
        pipeline.Fail(operation, exception, callerCancelled);

    private ToolOperation StartCore(AIFunctionArguments arguments)
    {
        var loopSpan = FindLoopSpan();
        var parent = AmbientOperation.Current;
        var operation = new ToolOperation(_name)
        {
            Parent = parent,
            Context = OperationContext.Empty.WithFallbackConversation(parent?.Context.ConversationId),
        };
        operation.Description = string.IsNullOrEmpty(function.Description) ? null : pipeline.Masker.Text(operation, function.Description);
        operation.CallId = FindCallId(operation, loopSpan, arguments);
        pipeline.Faults.Run(
            Part,
            (pipeline, operation, arguments),
            static state => state.operation.Input = state.pipeline.Masker.Value(state.operation, state.arguments, ContentSide.Input));
        pipeline.Start(operation, loopSpan);
        return operation;
    }

    /// <summary>Finds the span that a function loop opened for this very invocation: it has our name, and no operation of ours stands on it.</summary>
    private Activity? FindLoopSpan()
    {
        var current = Activity.Current;
        return current?.OperationName == _spanName && !ReferenceEquals(current, AmbientOperation.Current?.Activity) ? current : null;
    }

    private static string? FindCallId(ToolOperation operation, Activity? loopSpan, AIFunctionArguments arguments)
    {
        var calls = operation.FindAgentRun()?.ToolCalls;
        if (loopSpan?.GetTagItem(GenAiAttributes.ToolCallId) is not string callId)
        {
            return calls?.Take(operation.Name!, arguments);
        }

        calls?.Remove(callId);
        return callId;
    }

    private RecordedValue? Result(ToolOperation operation, object? result)
    {
        if (!pipeline.Masker.Records || result is null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined })
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
