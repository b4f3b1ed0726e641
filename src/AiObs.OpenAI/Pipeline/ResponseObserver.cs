using System.ClientModel.Primitives;
using AiObs.Chat;
using AiObs.OpenAI.Streams;
using AiObs.OpenAI.Wire;
using AiObs.Pipeline;

namespace AiObs.OpenAI.Pipeline;

/// <summary>Ends a call with its response: at once where that is there as a whole, otherwise as the caller reads it.</summary>
internal sealed class ResponseObserver(OperationPipeline pipeline)
{
    private const string Part = "openai";

    /// <summary>Observes the response of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="message">The message that was answered.</param>
    /// <param name="flow">The flow that the call was started in, and is to end in.</param>
    public void Observe(WireCall call, PipelineMessage message, in CallFlow flow)
    {
        if (message.Response is not { } response)
        {
            call.End(default);
            return;
        }

        pipeline.Faults.Run(Part, (call, response, pipeline), static state => NoteHeaders(state.call, state.response, state.pipeline));
        if (message.BufferResponse)
        {
            End(call, response);
            return;
        }

        var wrapped = pipeline.Faults.Get(Part, (Observer: this, call, message, response, flow), static state =>
            state.Observer.Wrap(state.call, state.message, state.response, state.flow));
        if (wrapped is null)
        {
            call.End(default);
        }
    }

    private static void NoteHeaders(WireCall call, PipelineResponse response, OperationPipeline pipeline)
    {
        call.Details.RequestId = ResponseHeaders.RequestIdOf(response);
        call.Details.RetryAfter = ResponseHeaders.RetryAfterOf(response, pipeline.Clock);
    }

    private void End(WireCall call, PipelineResponse response)
    {
        var content = pipeline.Faults.Get(Part, response, static response => response.Content);
        var body = content is null ? default : content.ToMemory();
        if (ResponseHeaders.IsFailure(response))
        {
            WireError.Of(response, body).Fail(call);
        }
        else if (IsStream(call, response))
        {
            new EventObserver(call, pipeline.Faults).ReadAll(body.Span);
        }
        else
        {
            call.End(body);
        }
    }

    private static bool IsStream(WireCall call, PipelineResponse response) =>
        !ResponseHeaders.IsFailure(response) && call.IsStreamed && ResponseHeaders.IsEventStream(response);

    /// <summary>Puts ourselves between the content and its reader; <see langword="null"/> where there is no content.</summary>
    private ObservedContent? Wrap(WireCall call, PipelineMessage message, PipelineResponse response, in CallFlow flow)
    {
        if (response.ContentStream is not { } inner)
        {
            return null;
        }

        ContentObserver observer = IsStream(call, response)
            ? new EventObserver(call, pipeline.Faults)
            : new BodyObserver(call, response, pipeline.Faults);
        var wrapped = new ObservedContent(inner, call, observer, flow, message.CancellationToken);
        response.ContentStream = wrapped;
        return wrapped;
    }
}
