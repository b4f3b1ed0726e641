using System.Runtime.CompilerServices;
using AiObs.Chat;
using AiObs.OpenAI.Wire;

namespace AiObs.OpenAI.Streams;

/// <summary>The content of a response that is observed as the caller reads it: the same bytes, as they come, none asked for ahead.</summary>
internal sealed class ObservedContent : Stream
{
    private readonly Stream _inner;
    private readonly WireCall _call;
    private readonly ContentObserver _observer;
    private readonly CancellationToken _callToken;
    private CallFlow _flow;
    private int _ended;
    private bool _isCut;

    public ObservedContent(Stream inner, WireCall call, ContentObserver observer, in CallFlow flow, CancellationToken callToken)
    {
        _inner = inner;
        _call = call;
        _observer = observer;
        _flow = flow;
        _callToken = callToken;
    }

    public override bool CanRead => _inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override bool CanTimeout => _inner.CanTimeout;

    public override long Length => _inner.Length;

    public override long Position
    {
        get => _inner.Position;
        set => throw new NotSupportedException();
    }

    public override int ReadTimeout
    {
        get => _inner.ReadTimeout;
        set => _inner.ReadTimeout = value;
    }

    public override int WriteTimeout
    {
        get => _inner.WriteTimeout;
        set => _inner.WriteTimeout = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (IsCut())
        {
            Wait(ConfirmAsync());
            return 0;
        }

        int count;
        try
        {
            BeforeRead();
            count = _inner.Read(buffer);
        }
        catch (Exception exception)
        {
            Fail(exception, isCancelled: _callToken.IsCancellationRequested);
            Wait(SettleAsync());
            throw;
        }

        if (OnRead(buffer[..count], isEnd: count == 0 && !buffer.IsEmpty))
        {
            Wait(ConfirmAsync());
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Pooled, because every piece of a stream goes through here.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsCut())
        {
            await ConfirmAsync().ConfigureAwait(false);
            return 0;
        }

        int count;
        try
        {
            BeforeRead();
            count = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception, cancellationToken.IsCancellationRequested || _callToken.IsCancellationRequested);
            await SettleAsync().ConfigureAwait(false);
            throw;
        }

        if (OnRead(buffer.Span[..count], isEnd: count == 0 && !buffer.IsEmpty))
        {
            await ConfirmAsync().ConfigureAwait(false);
        }

        return count;
    }

    public override void Flush() => _inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await _inner.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            Leave();
            await SettleAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            try
            {
                _inner.Dispose();
            }
            finally
            {
                Leave();
                Wait(SettleAsync());
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Sinks run on threads of the pool and come back to none in particular, so that waiting for them cannot lock up.</summary>
    private static void Wait(ValueTask events) => events.AsTask().GetAwaiter().GetResult();

    private ValueTask ConfirmAsync() => _call.Operation.ConfirmEventsAsync(_callToken);

    private ValueTask SettleAsync() => _call.Operation.SettleEventsAsync(_callToken);

    /// <summary>Ends the stream where a budget has no more for it: what comes after an event that the caller has is not asked for.</summary>
    private bool IsCut()
    {
        if (!_isCut && Volatile.Read(ref _ended) == 0 && _call.IsExhausted)
        {
            _isCut = true;
            End(static content =>
            {
                content._call.Cut();
                content._observer.End();
            });
        }

        return _isCut;
    }

    private void BeforeRead()
    {
        if (Volatile.Read(ref _ended) == 0)
        {
            _observer.BeforeRead();
        }
    }

    /// <summary>Shows bytes to the observer; tells whether the call came to its end with them.</summary>
    private bool OnRead(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        if (Volatile.Read(ref _ended) != 0)
        {
            return false;
        }

        _observer.Read(bytes);
        return (isEnd || _observer.IsOver) && End(static content => content._observer.End());
    }

    private void Fail(Exception exception, bool isCancelled) =>
        End(content => content._call.Fail(exception, isCancelled));

    /// <summary>Ends what the caller leaves before its end.</summary>
    private void Leave()
    {
        var token = _callToken;
        if (token.IsCancellationRequested)
        {
            Fail(new OperationCanceledException(token), isCancelled: true);
        }
        else
        {
            End(static content => content._call.Abandon());
        }
    }

    /// <summary>Ends the call in its own flow, as closing its span changes the current one.</summary>
    private bool End(Action<ObservedContent> end)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return false;
        }

        var visit = _flow.Enter();
        try
        {
            end(this);
        }
        finally
        {
            _flow.Leave(visit);
            _flow.Forget();
        }

        return true;
    }
}
