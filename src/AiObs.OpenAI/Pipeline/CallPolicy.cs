using System.ClientModel.Primitives;
using AiObs.Chat;
using AiObs.Http.Calls;
using AiObs.Http.Wire;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.OpenAI.Pipeline;

/// <summary>Stands outside of the SDK's retries: makes one operation of each model call, and lets everything else pass.</summary>
/// <remarks>What it throws of its own is a budget's refusal, or a durable event that was not confirmed where the application wants to hear of it.</remarks>
internal sealed class CallPolicy : PipelinePolicy
{
    private const string Part = "openai";

    private readonly OperationPipeline _pipeline;
    private readonly CallOpener _calls;
    private readonly ResponseObserver _responses;

    public CallPolicy(AgentObservability observability)
    {
        _pipeline = observability.Pipeline;
        _calls = new CallOpener(observability, owner: this);
        _responses = new ResponseObserver(_pipeline);
    }

    /// <summary>Returns the operation that the attempts of a request belong to; <see langword="null"/> where nobody counts them here.</summary>
    public ModelOperation? AttemptsOf(PipelineMessage message) =>
        CallMark.Find(message) is { Operation: { AttemptCounting: AttemptCounting.ByClient } counted } mark && ReferenceEquals(mark.Owner, this) ? counted : null;

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> policies, int currentIndex)
    {
        var address = AddressOf(message);
        if (address.Api == ModelApi.None)
        {
            ProcessNext(message, policies, currentIndex);
            return;
        }

        var flow = default(CallFlow);
        var visit = flow.Begin();
        try
        {
            var call = Open(message, address);
            Admit(call, message);
            if (call is null || !Start(call, message))
            {
                ProcessNext(message, policies, currentIndex);
                return;
            }

            flow.Adopt(call.Operation, visit);
            Send(call, message, policies, currentIndex);
            _responses.Observe(call, message, flow);

            // Sinks run on threads of the pool and come back to none in particular, so that waiting here cannot lock up.
            EventsOf(call, message).AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            flow.Leave(visit);
        }
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> policies, int currentIndex)
    {
        var address = AddressOf(message);
        return address.Api == ModelApi.None
            ? ProcessNextAsync(message, policies, currentIndex)
            : ObserveAsync(message, policies, currentIndex, address);
    }

    private static void Send(WireCall call, PipelineMessage message, IReadOnlyList<PipelinePolicy> policies, int currentIndex)
    {
        try
        {
            ProcessNext(message, policies, currentIndex);
        }
        catch (Exception exception)
        {
            call.Fail(exception, message.CancellationToken.IsCancellationRequested);
            EventsOf(call, message).AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Waits for durable event sinks, where the call is over; a stream has its own end.</summary>
    private static ValueTask EventsOf(WireCall call, PipelineMessage message) => call.Operation switch
    {
        null => default,
        { Outcome: OperationOutcome.Completed } completed => completed.ConfirmEventsAsync(message.CancellationToken),
        { } other => other.SettleEventsAsync(message.CancellationToken),
    };

    private async ValueTask ObserveAsync(
        PipelineMessage message, IReadOnlyList<PipelinePolicy> policies, int currentIndex, ModelAddress address)
    {
        var flow = default(CallFlow);
        var visit = flow.Begin();

        // What is ambient from here on lasts until this method returns.
        var call = Open(message, address);
        if (call is not null)
        {
            await call.AdmitAsync(message.CancellationToken).ConfigureAwait(false);
        }

        if (call is null || !Start(call, message))
        {
            await ProcessNextAsync(message, policies, currentIndex).ConfigureAwait(false);
            return;
        }

        flow.Adopt(call.Operation, visit);
        try
        {
            await ProcessNextAsync(message, policies, currentIndex).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            call.Fail(exception, message.CancellationToken.IsCancellationRequested);
            await EventsOf(call, message).ConfigureAwait(false);
            throw;
        }

        _responses.Observe(call, message, flow);
        await EventsOf(call, message).ConfigureAwait(false);
    }

    /// <summary>Waits for gates, one of which may have to ask elsewhere. They come back to no thread in particular, so that waiting here cannot lock up.</summary>
    private static void Admit(WireCall? call, PipelineMessage message)
    {
        var admission = call?.AdmitAsync(message.CancellationToken) ?? default;
        if (admission.IsCompletedSuccessfully)
        {
            return;
        }

        admission.AsTask().GetAwaiter().GetResult();
    }

    private WireCall? Open(PipelineMessage message, ModelAddress address) => _pipeline.Faults.Get(
        Part, (_calls, message, address), static state => state._calls.Open(state.message, state.address));

    private bool Start(WireCall call, PipelineMessage message) => _pipeline.Faults.Get(
        Part, (_calls, call, message), static state => state._calls.Start(state.call, state.message) ? state.call : null) is not null;

    private ModelAddress AddressOf(PipelineMessage message) => _pipeline.FollowsModelCalls ? ModelAddress.Of(message.Request.Method, message.Request.Uri, _calls.AwaitsResponses) : default;
}
