using System.Net.Mime;
using AiObs.AspNetCore.Access;
using AiObs.Otlp.Proto;
using AiObs.Otlp.Receiving;
using AiObs.Otlp.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AiObs.Otlp.Http;

/// <summary>Answers requests that bring spans.</summary>
internal sealed class TraceEndpoint(SpanReceiver receiver)
{
    /// <summary>How many seconds a sender is to wait where there is no room: by then the store has been tried again.</summary>
    private const string RetryAfter = "5";

    public async Task HandleAsync(HttpContext context)
    {
        if (!LocalAccess.Admits(context))
        {
            await WriteAsync(
                context,
                StatusCodes.Status403Forbidden,
                "Only this machine may send spans here, by the name localhost and through no proxy. To let others in, authorize the endpoint: app.MapAgentObservabilityOtlp(…).RequireAuthorization(…).").ConfigureAwait(false);
            return;
        }

        if (FormatOf(context.Request.ContentType) is not { } format)
        {
            await WriteAsync(
                context, StatusCodes.Status415UnsupportedMediaType, "The content type has to be application/x-protobuf or application/json.").ConfigureAwait(false);
            return;
        }

        try
        {
            using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
            await AnswerAsync(context, format, receiver.Receive(format.Read(body))).ConfigureAwait(false);
        }
        catch (MalformedRequestException exception)
        {
            await RefuseAsync(context, format, StatusCodes.Status400BadRequest, RequestRefusedException.InvalidArgument, exception.Message).ConfigureAwait(false);
        }
        catch (RequestRefusedException exception)
        {
            await RefuseAsync(context, format, exception.StatusCode, exception.RpcCode, exception.Message).ConfigureAwait(false);
        }
    }

    private static Task AnswerAsync(HttpContext context, IBodyFormat format, ReceiveOutcome outcome)
    {
        if (outcome.IsFull)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
            return RefuseAsync(
                context, format, StatusCodes.Status429TooManyRequests, RequestRefusedException.ResourceExhausted, "Too many spans wait to be stored. Send these again later.");
        }

        var response = new TraceResponse();
        if (outcome.Message is { Length: > 0 } message)
        {
            response.PartialSuccess = new() { RejectedSpans = outcome.Rejected, ErrorMessage = message };
        }

        return WriteAsync(context, StatusCodes.Status200OK, format.ContentType, format.Write(response));
    }

    private static Task RefuseAsync(HttpContext context, IBodyFormat format, int statusCode, int rpcCode, string message) =>
        WriteAsync(context, statusCode, format.ContentType, format.Write(new RpcStatus { Code = rpcCode, Message = message }));

    private static async Task WriteAsync(HttpContext context, int statusCode, string contentType, byte[] body)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private static Task WriteAsync(HttpContext context, int statusCode, string sentence)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = MediaTypeNames.Text.Plain + "; charset=utf-8";
        return context.Response.WriteAsync(sentence, context.RequestAborted);
    }

    private static IBodyFormat? FormatOf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) ? type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/x-protobuf" => ProtobufFormat.Instance,
            "application/json" => JsonFormat.Instance,
            _ => null,
        }
        : null;
}
