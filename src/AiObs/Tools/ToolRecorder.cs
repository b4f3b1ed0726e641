using System.Diagnostics;
using System.Text.Json;
using AiObs.Conventions;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Privacy.Redaction;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Tools;

/// <summary>Makes tool operations of the calls of functions.</summary>
internal sealed class ToolRecorder(OperationPipeline pipeline)
{
    public const string Part = "tool";

    /// <summary>What function loops tell a model of a function that returned nothing.</summary>
    private const string NothingReturned = "Success: Function completed.";

    private readonly PartRecorder _parts = new(pipeline.Masker, pipeline.Faults);

    public OperationPipeline Pipeline { get; } = pipeline;

    public bool IsListening => Pipeline.IsListening;

    /// <summary>Starts the operation of a function that observes itself.</summary>
    public ToolOperation? Start(ObservingAIFunction function, AIFunctionArguments arguments) => Pipeline.Faults.Get(
        Part, (Recorder: this, function, arguments), static state => state.Recorder.StartWrapped(state.function, state.arguments));

    /// <summary>Starts the operation of a call that a function loop is about to make.</summary>
    public ToolOperation? Start(FunctionInvocationContext call) => Pipeline.Faults.Get(
        Part, (Recorder: this, call), static state => state.Recorder.StartInLoop(state.call));

    public void Complete(ToolOperation operation, object? result)
    {
        Pipeline.Faults.Run(
            Part,
            (Recorder: this, operation, result),
            static state => state.operation.Output = state.Recorder.Result(state.operation, state.result));
        if (Pipeline.Faults.Get(Part, result, static result => ReportedFailure.IsIn(result) ? ReportedFailure.Error : null) is { } error)
        {
            Pipeline.Fail(operation, error);
        }
        else
        {
            Pipeline.Complete(operation);
        }
    }

    /// <summary>Ends an operation with what its loop told the model of a function that threw nothing.</summary>
    public void Complete(ToolOperation operation, FunctionResultContent told) =>
        Complete(operation, told.Result is NothingReturned ? null : told.Result);

    public void Fail(ToolOperation operation, Exception exception, bool callerCancelled) =>
        Pipeline.Fail(operation, exception, callerCancelled);

    private ToolOperation StartWrapped(ObservingAIFunction function, AIFunctionArguments arguments)
    {
        var loopSpan = FindLoopSpan(function.Name);
        var operation = Create(function, arguments, FindLoopCall(function));
        operation.CallId ??= FindCallId(operation, loopSpan, arguments);
        Pipeline.Start(operation, loopSpan);
        return operation;
    }

    private ToolOperation StartInLoop(FunctionInvocationContext call)
    {
        var operation = Create(call.Function, call.Arguments, call.CallContent);
        operation.FindOwnAgentRun()?.IsLoopHeard = true;
        Pipeline.Start(operation);
        return operation;
    }

    private ToolOperation Create(AIFunction function, AIFunctionArguments arguments, FunctionCallContent? call)
    {
        var parent = AmbientOperation.Current;
        var operation = new ToolOperation(function.Name)
        {
            Parent = parent,
            Context = OperationContext.Empty.WithFallbackConversation(parent?.Context.ConversationId),
            CallInLoop = call,
            CallId = call?.CallId,
        };
        operation.Description = string.IsNullOrEmpty(function.Description) ? null : Pipeline.Masker.Text(operation, new(RedactionKind.ToolDescription) { Tool = function.Name }, function.Description);
        if (call is not null)
        {
            operation.FindAgentRun()?.ToolCalls.Remove(call.CallId);
        }

        Pipeline.Faults.Run(
            Part,
            (Pipeline, operation, arguments),
            static state => state.operation.Input = state.Pipeline.Masker.Value(
                state.operation, new(RedactionKind.ToolArgument) { Tool = state.operation.Name }, state.arguments));
        return operation;
    }

    /// <summary>Finds the call of the function loop that invokes this very function.</summary>
    private static FunctionCallContent? FindLoopCall(ObservingAIFunction function) =>
        LoopListener.FindCall() is { } call && ReferenceEquals(call.Function.GetService<ObservingAIFunction>(), function) ? call.CallContent : null;

    /// <summary>Finds the span that a function loop opened for this very invocation: it has our name, and no operation of ours stands on it.</summary>
    private static Activity? FindLoopSpan(string name)
    {
        var current = Activity.Current;
        return current is not null
            && current.OperationName == $"{GenAiOperationNames.ExecuteTool} {name}"
            && !ReferenceEquals(current, AmbientOperation.Current?.Activity)
                ? current
                : null;
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
        if (!Pipeline.Masker.Records || result is null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined })
        {
            return null;
        }

        if (Pipeline.Masker.HidesAll(ContentSide.Output))
        {
            return RecordedValue.Redacted;
        }

        var place = new RedactionPlace(RedactionKind.ToolResult, IsOutput: true) { Tool = operation.Name };
        var value = ToolResultValue.Of(result, content => _parts.Record(operation, content, place));
        return value.IsJson
            ? RecordedValue.Json(Pipeline.Masker.Json(operation, place, value.Text))
            : RecordedValue.Plain(Pipeline.Masker.Text(operation, place, value.Text));
    }
}
