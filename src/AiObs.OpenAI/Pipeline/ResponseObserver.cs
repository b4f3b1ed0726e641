using System.ClientModel.Primitives;
using AiObs.Chat;
using AiObs.Http.Calls;
using AiObs.Http.Streams;
using AiObs.Http.Wire;
using AiObs.Pipeline;

namespace AiObs.OpenAI.Pipeline;

/// <summary>Ends a call with its response: at once where that is there as a whole, otherwise as the caller reads it.</summary>
internal sealed class ResponseObserver(OperationPipeline pipeline)
{
    private const string Part = "openai";

    private readonly ResponseReader _reader = new(pipeline);

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

        var head = new PipelineHead(response);
        _reader.NoteHead(call, head);
        if (message.BufferResponse)
        {
            var content = pipeline.Faults.Get(Part, response, static response => response.Content);
            _reader.End(call, head, content is null ? default : content.ToMemory());
            return;
        }

        var wrapped = pipeline.Faults.Get(Part, (Observer: this, call, message, head, flow), static state =>
            state.Observer.Wrap(state.call, state.message, state.head, state.flow));
        if (wrapped is null)
        {
            call.End(default);
        }
    }

    /// <summary>Puts ourselves between the content and its reader; <see langword="null"/> where there is no content.</summary>
    private ObservedContent? Wrap(WireCall call, PipelineMessage message, PipelineHead head, in CallFlow flow)
    {
        if (head.Response.ContentStream is not { } inner)
        {
            return null;
        }

        var wrapped = new ObservedContent(inner, call, _reader.ObserverOf(call, head), flow, message.CancellationToken);
        head.Response.ContentStream = wrapped;
        return wrapped;
    }
}
