using System.Text;
using FakeModelServer.Protocols;

namespace FakeModelServer.Hosting;

/// <summary>Is one reply on its way as a stream.</summary>
internal sealed class ReplyStream(
    HttpResponse response, Exchange exchange, IStreamWriter writer, TimeProvider timeProvider, CancellationToken cancellationToken)
{
    private int _events;
    private int _pieces;

    /// <summary>Sends the stream.</summary>
    /// <exception cref="ConnectionCutException">The script wants the connection to end here.</exception>
    public async Task SendAsync()
    {
        response.ContentType = writer.ContentType;
        response.Headers.CacheControl = "no-cache";

        foreach (var streamEvent in writer.WriteStream(exchange))
        {
            if (exchange.Reply.CutAfterPieces == _pieces)
            {
                throw await CreateCutAsync();
            }

            if (exchange.Reply.Error is { } error && error.AfterPieces == _pieces)
            {
                await SendAsync(writer.WriteStreamError(error, exchange, _events));

                return;
            }

            if (streamEvent.IsPiece)
            {
                await WaitAsync(exchange.Reply, _pieces++);
            }

            await SendAsync(streamEvent);
        }
    }

    private async Task<ConnectionCutException> CreateCutAsync()
    {
        // Without a byte of the body the client would get a whole error response instead of a broken one.
        await response.Body.FlushAsync(cancellationToken);

        return new ConnectionCutException();
    }

    private async Task SendAsync(StreamEvent streamEvent)
    {
        await response.WriteAsync(streamEvent.Text, Encoding.UTF8, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        _events++;
    }

    private async Task WaitAsync(ModelReply reply, int piece)
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
