using System.Net;
using System.Text.Json;
using AiObs.Http.Calls;
using AiObs.Http.Streams;
using AiObs.Http.Wire;
using AiObs.Pipeline;

namespace AiObs.Http;

/// <summary>What the handlers of one client share: they come and go, the calls and what is awaited of them stay.</summary>
/// <param name="observability">What carries the operations.</param>
/// <param name="isOwned">Whether it is disposed along with this.</param>
internal sealed class HttpCalls(AgentObservability observability, bool isOwned) : IDisposable
{
    /// <summary>Names what goes wrong here.</summary>
    public const string Part = "http";

    private readonly CallFactory _calls = new(observability, ToException);
    private readonly ResponseReader _responses = new(observability.Pipeline);

    public OperationPipeline Pipeline { get; } = observability.Pipeline;

    /// <summary>Reads where a request goes; nothing is read where nobody listens.</summary>
    public ModelAddress AddressOf(HttpRequestMessage request) =>
        Pipeline.FollowsModelCalls ? ModelAddress.Of(request.Method.Method, request.RequestUri, _calls.AwaitsResponses) : default;

    /// <summary>Returns the call to observe; <see langword="null"/> for a request that is to pass.</summary>
    /// <remarks>Whoever is observed further out tells of the call, whatever it is that sends it.</remarks>
    public async Task<WireCall?> OpenAsync(HttpRequestMessage request, ModelAddress address, CancellationToken cancellationToken)
    {
        if (_calls.FindOutside(address.Api) is not null)
        {
            return null;
        }

        if (address.ResponseId is { } id)
        {
            return Pipeline.Faults.Get(Part, (_calls, id), static state => state._calls.CreateRetrieval(state.id));
        }

        if (request.Content is not { } content || !RequestBody.MayBeJson(content))
        {
            return null;
        }

        using var body = await ReadAsync(content, cancellationToken).ConfigureAwait(false);
        return IsCall(address, content, body)
            ? Pipeline.Faults.Get(Part, (_calls, request, address, body), static state => state._calls.Create(
                state.address, state.request.RequestUri!, state.body?.RootElement ?? default, ExpectsStream(state.request)))
            : null;
    }

    /// <summary>Starts a call that the gates have let through; tells whether it is observed.</summary>
    public bool Start(WireCall call) => Pipeline.Faults.Get(Part, call, static call => call.Start() ? call : null) is not null;

    /// <summary>Notes what the head of a response says, and makes what hears of its content.</summary>
    public ContentObserver ObserverOf(WireCall call, HttpResponseMessage response)
    {
        var head = new HttpHead(response);
        _responses.NoteHead(call, head);
        return head.IsPacked ? new UnreadObserver(call, head) : _responses.ObserverOf(call, head);
    }

    public void Dispose()
    {
        if (isOwned)
        {
            observability.Dispose();
        }
    }

    /// <summary>Makes what a caller gets who asks for the success of a response.</summary>
    private static HttpRequestException ToException(WireError error) =>
        new(error.Message, inner: null, error.Response is { } response ? (HttpStatusCode)response.Status : null);

    /// <summary>Tells calls of models from whatever else stands at such an address: they name a model. What cannot be read is taken for one, so that budgets hold.</summary>
    private static bool IsCall(ModelAddress address, HttpContent content, JsonDocument? body)
    {
        if (body is null)
        {
            return RequestBody.IsJson(content);
        }

        return body.RootElement.ValueKind == JsonValueKind.Object
            && (address.Deployment is not null
                || body.RootElement.GetName("model") is not null
                || (address.Api == ModelApi.Responses && body.RootElement.Get("prompt") is { ValueKind: JsonValueKind.Object }));
    }

    private static bool ExpectsStream(HttpRequestMessage request) =>
        request.Headers.Accept.Any(static accepted => accepted.MediaType is "text/event-stream" or "application/x-ndjson");

    private async Task<JsonDocument?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            return await RequestBody.ParseAsync(content, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Sending it will say so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                Pipeline.Faults.Report(Part, exception);
            }

            return null;
        }
    }
}
