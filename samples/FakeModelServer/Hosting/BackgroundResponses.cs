using System.Collections.Concurrent;
using FakeModelServer.Protocols;
using FakeModelServer.Protocols.OpenAI;

namespace FakeModelServer.Hosting;

/// <summary>Keeps the responses that run in the background, which are created by one request and asked for by others.</summary>
internal sealed class BackgroundResponses(RequestLog log, TimeProvider timeProvider)
{
    private const string Queued = "queued";
    private const string InProgress = "in_progress";
    private const string Cancelled = "cancelled";

    private static readonly ResponsesWriter Writer = new();

    private readonly ConcurrentDictionary<string, Exchange> _running = new(StringComparer.Ordinal);
    private readonly ReplySender _sender = new(timeProvider);

    /// <summary>Keeps a response that is asked for in the background, and returns what answers now.</summary>
    public Exchange Keep(Exchange exchange)
    {
        if (exchange.Request is not { Protocol: ModelProtocol.OpenAIResponses } request
            || !request.Body.GetFlag("background")
            || exchange.Reply.Error is not null)
        {
            return exchange;
        }

        _running[exchange.Id("resp_")] = exchange;

        return request.Stream ? exchange : exchange with { PendingStatus = Queued };
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/responses/{id}", (HttpContext context, string id) => HandleAsync(context, id, Poll));
        endpoints.MapPost("/v1/responses/{id}/cancel", (HttpContext context, string id) => HandleAsync(context, id, Cancel));
    }

    private static Exchange Poll(Exchange exchange) => exchange with
    {
        Reply = exchange.Reply with { PendingPolls = exchange.Reply.PendingPolls - 1 },
        PendingStatus = exchange.Reply.PendingPolls > 0 ? InProgress : null,
    };

    private static Exchange Cancel(Exchange exchange) => exchange with
    {
        Reply = new ModelReply { OmitUsage = true, ResponseStatus = Cancelled },
    };

    private async Task HandleAsync(HttpContext context, string id, Func<Exchange, Exchange> step)
    {
        var recorded = await RequestRecorder.RecordAsync(context, ModelProtocol.OpenAIResponses, log);
        var isStream = context.Request.Query["stream"] == "true";

        await _sender.AnswerAsync(context, recorded, Take, Writer);

        Exchange Take(RecordedRequest request)
        {
            if (!_running.TryGetValue(id, out var exchange))
            {
                return Missing(id, request);
            }

            _running[id] = exchange = step(exchange);

            return exchange with { Request = exchange.Request with { Stream = isStream } };
        }
    }

    private Exchange Missing(string id, RecordedRequest recorded) => new(
        new ModelRequest { Protocol = ModelProtocol.OpenAIResponses, Model = string.Empty, Headers = recorded.Headers, Body = [] },
        new ModelReply
        {
            Error = new ModelError { Status = StatusCodes.Status404NotFound, Message = $"Response with id '{id}' not found." },
        },
        recorded.Number,
        timeProvider.GetUtcNow());
}
