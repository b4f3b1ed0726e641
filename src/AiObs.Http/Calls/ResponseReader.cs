using AiObs.Http.Streams;
using AiObs.Http.Wire;
using AiObs.Pipeline;

namespace AiObs.Http.Calls;

/// <summary>Notes what the head of a response says, and chooses what reads the rest.</summary>
internal sealed class ResponseReader(OperationPipeline pipeline)
{
    private const string Part = "wire";

    public void NoteHead(WireCall call, ResponseHead response) => pipeline.Faults.Run(
        Part,
        (call, response, pipeline),
        static state =>
        {
            state.call.Details.RequestId = state.response.RequestId;
            state.call.Details.RetryAfter = state.response.RetryAfter(state.pipeline.Clock);
        });

    /// <summary>Ends a call with content that is there as a whole.</summary>
    public void End(WireCall call, ResponseHead response, ReadOnlyMemory<byte> body)
    {
        if (response.IsFailure)
        {
            call.Fail(WireError.Of(response, body));
        }
        else if (IsStream(call, response))
        {
            new EventObserver(call, response, pipeline.Faults).ReadAll(body.Span);
        }
        else
        {
            call.End(body);
        }
    }

    /// <summary>Makes what hears of content as the caller reads it.</summary>
    public ContentObserver ObserverOf(WireCall call, ResponseHead response) => IsStream(call, response)
        ? new EventObserver(call, response, pipeline.Faults)
        : new BodyObserver(call, response, pipeline.Faults);

    private static bool IsStream(WireCall call, ResponseHead response) =>
        !response.IsFailure && call.IsStreamed && (response.IsEventStream || response.IsJsonLines);
}
