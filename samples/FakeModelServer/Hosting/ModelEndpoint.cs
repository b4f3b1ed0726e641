using System.Text.Json;
using System.Text.Json.Nodes;
using FakeModelServer.Protocols;

namespace FakeModelServer.Hosting;

/// <summary>Answers the requests of one protocol.</summary>
internal sealed class ModelEndpoint(
    Protocol protocol, RequestLog log, ReplyChooser chooser, BackgroundResponses background, TimeProvider timeProvider, bool refuseBrokenToolCalls)
{
    private readonly ReplySender _sender = new(timeProvider);

    public async Task HandleAsync(HttpContext context)
    {
        var recorded = await RequestRecorder.RecordAsync(context, protocol.Id, log);
        await _sender.AnswerAsync(context, recorded, CreateExchange, protocol.Writer);
    }

    private Exchange CreateExchange(RecordedRequest recorded)
    {
        var body = Parse(recorded.Body);
        var request = protocol.Reader.Read(body ?? [], recorded.Headers);
        var fault = body is null ? "The body is not a JSON object." : FindFault(request);
        var reply = fault is null ? chooser.Choose(request) : new ModelReply { Error = new ModelError { Status = StatusCodes.Status400BadRequest, Message = fault } };

        return background.Keep(new Exchange(request, reply, recorded.Number, timeProvider.GetUtcNow()));
    }

    private string? FindFault(ModelRequest request) =>
        refuseBrokenToolCalls && request.Protocol != ModelProtocol.OllamaChat ? ToolCallRules.FindFault(request) : null;

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
