using System.Text;
using FakeModelServer.Protocols;

namespace FakeModelServer.Hosting;

/// <summary>Sends a reply as server-sent events, piece by piece.</summary>
internal sealed class StreamSender(TimeProvider timeProvider)
{
    /// <summary>Sends the stream.</summary>
    /// <exception cref="ConnectionCutException">The script wants the connection to end here.</exception>
    public async Task SendAsync(HttpResponse response, Exchange exchange, IReplyWriter writer, CancellationToken cancellationToken)
    {
        var reply = exchange.Reply;
        var pieces = 0;

        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";

        foreach (var streamEvent in writer.WriteStream(exchange))
        {
            if (streamEvent.IsPiece)
            {
                if (await EndsEarlyAsync(response, exchange, writer, pieces, cancellationToken))
                {
                    return;
                }

                await WaitAsync(reply, pieces++, cancellationToken);
            }

            await SendAsync(response, streamEvent, cancellationToken);

            if (streamEvent.IsPiece && await EndsEarlyAsync(response, exchange, writer, pieces, cancellationToken))
            {
                return;
            }
        }
    }

    private static async Task<bool> EndsEarlyAsync(
        HttpResponse response, Exchange exchange, IReplyWriter writer, int pieces, CancellationToken cancellationToken)
    {
        if (exchange.Reply.CutAfterPieces == pieces)
        {
            throw new ConnectionCutException();
        }

        if (exchange.Reply.Error is not { } error || error.AfterPieces != pieces)
        {
            return false;
        }

        await SendAsync(response, writer.WriteStreamError(error, exchange), cancellationToken);

        return true;
    }

    private static async Task SendAsync(HttpResponse response, StreamEvent streamEvent, CancellationToken cancellationToken)
    {
        var name = streamEvent.Name is null ? string.Empty : $"event: {streamEvent.Name}\n";
        await response.WriteAsync($"{name}data: {streamEvent.Data}\n\n", Encoding.UTF8, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private async Task WaitAsync(ModelReply reply, int piece, CancellationToken cancellationToken)
    {
        if (reply.PieceDelay > TimeSpan.Zero)
        {
            await Task.Delay(reply.PieceDelay, timeProvider, cancellationToken);
        }

        if (reply.BeforePiece is { } beforePiece)
        {
            await beforePiece(piece, cancellationToken);
        }
    }
}
