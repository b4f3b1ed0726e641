using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FakeModelServer.Protocols;

namespace FakeModelServer.Hosting;

/// <summary>Sends a reply over HTTP, as slowly and as brokenly as the script wants it.</summary>
internal sealed class ReplySender(TimeProvider timeProvider)
{
    /// <summary>Answers a request, and notes how that ended.</summary>
    /// <exception cref="ConnectionCutException">The script wants the connection to end here.</exception>
    public async Task AnswerAsync(
        HttpContext context, RecordedRequest recorded, Func<RecordedRequest, Exchange> createExchange, IReplyWriter writer)
    {
        var outcome = RequestOutcome.Cut;

        try
        {
            await SendAsync(context.Response, createExchange(recorded), writer, context.RequestAborted);
            outcome = RequestOutcome.Answered;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            outcome = RequestOutcome.Disconnected;
        }
        finally
        {
            recorded.Finish(outcome);
        }
    }

    private async Task SendAsync(HttpResponse response, Exchange exchange, IReplyWriter writer, CancellationToken cancellationToken)
    {
        var reply = exchange.Reply;

        if (reply.Delay > TimeSpan.Zero)
        {
            await Task.Delay(reply.Delay, timeProvider, cancellationToken);
        }

        foreach (var (name, value) in writer.WriteHeaders(exchange))
        {
            response.Headers[name] = value;
        }

        var streamWriter = exchange.Request.Stream ? writer as IStreamWriter : null;

        if (reply.Error is { } error && (streamWriter is null || error.AfterPieces is null))
        {
            await SendErrorAsync(response, writer.WriteError(error, exchange), error, cancellationToken);
        }
        else if (streamWriter is not null)
        {
            await new ReplyStream(response, exchange, streamWriter, timeProvider, cancellationToken).SendAsync();
        }
        else
        {
            await SendBodyAsync(response, writer.WriteBody(exchange), isCut: reply.CutAfterPieces is not null, cancellationToken);
        }
    }

    private static Task SendErrorAsync(HttpResponse response, JsonObject body, ModelError error, CancellationToken cancellationToken)
    {
        response.StatusCode = error.Status;

        if (error.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return SendBodyAsync(response, body, isCut: false, cancellationToken);
    }

    private static async Task SendBodyAsync(HttpResponse response, JsonObject body, bool isCut, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(body.ToWireText());
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;

        await response.Body.WriteAsync(isCut ? bytes[..(bytes.Length / 2)] : bytes, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);

        if (isCut)
        {
            throw new ConnectionCutException();
        }
    }
}
