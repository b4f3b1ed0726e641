using AiObs.Chat;
using AiObs.Http.Calls;
using AiObs.Http.Streams;
using AiObs.Http.Wire;

namespace AiObs.Http;

/// <summary>Makes one operation of each request that calls a model, and lets everything else pass.</summary>
/// <remarks>What it throws of its own is a budget's refusal, or a durable event that was not confirmed where the application wants to hear of it.</remarks>
internal sealed class ObservingHandler : DelegatingHandler
{
    private readonly Lazy<HttpCalls> _shared;

    /// <summary>Initializes a new instance of the <see cref="ObservingHandler"/> class.</summary>
    /// <param name="calls">Made by the first request: a client may be made by what the root itself is made of.</param>
    public ObservingHandler(Func<HttpCalls> calls) => _shared = new(calls);

    /// <summary>Initializes a new instance of the <see cref="ObservingHandler"/> class around another handler.</summary>
    public ObservingHandler(HttpCalls calls, HttpMessageHandler inner)
        : base(inner) => _shared = new(calls);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var calls = _shared.Value;
        var address = calls.AddressOf(request);
        return address.Api == ModelApi.None ? base.Send(request, cancellationToken) : Observe(calls, request, address, cancellationToken);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var calls = _shared.Value;
        var address = calls.AddressOf(request);
        return address.Api == ModelApi.None ? base.SendAsync(request, cancellationToken) : ObserveAsync(calls, request, address, cancellationToken);
    }

    /// <remarks>A method of its own, as what it hands to another thread is allocated where it begins.</remarks>
    private HttpResponseMessage Observe(HttpCalls calls, HttpRequestMessage request, ModelAddress address, CancellationToken cancellationToken)
    {
        var flow = default(CallFlow);
        var visit = flow.Begin();
        try
        {
            // What is read comes back to no thread in particular, and neither do gates and sinks, so that waiting here cannot lock up.
            var call = Task.Run(() => calls.OpenAsync(request, address, cancellationToken), CancellationToken.None).GetAwaiter().GetResult();
            call?.AdmitAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
            if (call is null || !calls.Start(call))
            {
                return base.Send(request, cancellationToken);
            }

            flow.Adopt(call.Operation, visit);
            HttpResponseMessage? response = null;
            try
            {
                response = base.Send(request, cancellationToken);
                Follow(calls, call, response, response.Content.ReadAsStream(cancellationToken), flow, cancellationToken);
                return response;
            }
            catch (Exception exception)
            {
                response?.Dispose();
                call.Fail(exception, cancellationToken.IsCancellationRequested);
                EventsOf(call, cancellationToken).AsTask().GetAwaiter().GetResult();
                throw;
            }
        }
        finally
        {
            flow.Leave(visit);
        }
    }

    private async Task<HttpResponseMessage> ObserveAsync(HttpCalls calls, HttpRequestMessage request, ModelAddress address, CancellationToken cancellationToken)
    {
        var flow = default(CallFlow);
        var visit = flow.Begin();
        var call = await calls.OpenAsync(request, address, cancellationToken).ConfigureAwait(false);
        if (call is not null)
        {
            await call.AdmitAsync(cancellationToken).ConfigureAwait(false);
        }

        // What is ambient from here on lasts until this method returns.
        if (call is null || !calls.Start(call))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        flow.Adopt(call.Operation, visit);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            Follow(calls, call, response, content, flow, cancellationToken);
            return response;
        }
        catch (Exception exception)
        {
            response?.Dispose();
            call.Fail(exception, cancellationToken.IsCancellationRequested);
            await EventsOf(call, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits for durable event sinks, as the call is over.</summary>
    private static ValueTask EventsOf(WireCall call, CancellationToken cancellationToken) =>
        call.Operation?.SettleEventsAsync(cancellationToken) ?? default;

    /// <summary>Puts ourselves between the content and its reader, who ends the call.</summary>
    private static void Follow(
        HttpCalls calls, WireCall call, HttpResponseMessage response, Stream content, in CallFlow flow, CancellationToken cancellationToken)
    {
        var observed = calls.Pipeline.Faults.Get(
            HttpCalls.Part,
            (calls, call, response, content, flow, cancellationToken),
            static state => Wrap(state.calls, state.call, state.response, state.content, state.flow, state.cancellationToken));
        if (observed is null)
        {
            call.End(default);
        }
        else
        {
            response.Content = observed;
        }
    }

    private static StreamContent Wrap(
        HttpCalls calls, WireCall call, HttpResponseMessage response, Stream content, in CallFlow flow, CancellationToken cancellationToken)
    {
        var observed = new StreamContent(new ObservedContent(content, call, calls.ObserverOf(call, response), flow, cancellationToken));
        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            observed.Headers.TryAddWithoutValidation(name, values);
        }

        // Content that is there already only says so when it is asked.
        observed.Headers.ContentLength ??= response.Content.Headers.ContentLength;
        return observed;
    }
}
