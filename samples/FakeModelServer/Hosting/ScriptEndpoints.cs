using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FakeModelServer.Protocols;

namespace FakeModelServer.Hosting;

/// <summary>Lets another process queue replies and see what was received.</summary>
internal sealed class ScriptEndpoints(RequestLog log, ReplyQueue queue)
{
    private static readonly JsonSerializerOptions ScriptJson = new(JsonSerializerDefaults.Web)
    {
        // A misspelt member would otherwise be a reply that silently does something else.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/_script", EnqueueAsync);
        endpoints.MapGet("/_requests", ListAsync);
    }

    private async Task EnqueueAsync(HttpContext context)
    {
        try
        {
            var script = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var replies = script is JsonArray
                ? script.Deserialize<ModelReply[]>(ScriptJson)!
                : [script.Deserialize<ModelReply>(ScriptJson)!];

            if (replies.Contains(null))
            {
                await RefuseAsync(context, StatusCodes.Status400BadRequest, "A reply must be a JSON object.");
            }
            else if (!queue.TryEnqueue(replies))
            {
                await RefuseAsync(context, StatusCodes.Status409Conflict, "The queue of replies is full.");
            }
            else
            {
                await context.Response.WriteAsJsonAsync(new { queued = queue.Count }, context.RequestAborted);
            }
        }
        catch (JsonException exception)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message);
        }
    }

    private Task ListAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(log.Snapshot().Select(Describe), WireJson.Options, context.RequestAborted);

    private static object Describe(RecordedRequest request) => new
    {
        request.Number,
        request.Method,
        request.Path,
        request.Protocol,
        request.Headers,
        request.Body,
        Outcome = request.Finished.IsCompletedSuccessfully ? request.Finished.Result : (RequestOutcome?)null,
    };

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;

        return context.Response.WriteAsJsonAsync(new { error = message }, context.RequestAborted);
    }
}
