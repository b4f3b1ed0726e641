using System.Runtime.CompilerServices;
using AiObs.Chat;
using AiObs.Http.Wire;

namespace AiObs.Http.Streams;

/// <summary>The content of a response that is observed as the caller reads it: the same bytes, none asked for ahead.</summary>
/// <remarks>Events that come together are handed out one by one, as the caller asks for them.</remarks>
internal sealed class ObservedContent : Stream
{
    private readonly Stream _inner;
    private readonly WireCall _call;
    private readonly ContentObserver _observer;
    private readonly CancellationToken _callToken;
    private CallFlow _flow;
    private UnreadBytes _unread;
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

        var wasThere = !_unread.IsEmpty;
        BeforeRead(wasThere);
        int count;
        try
        {
            count = wasThere ? _unread.CopyTo(buffer) : _inner.Read(buffer);
        }
        catch (Exception exception)
        {
            Fail(exception, isCancelled: _callToken.IsCancellationRequested);
            Wait(SettleAsync());
            throw;
        }

        if (HandOut(buffer, ref count, wasThere))
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

        var wasThere = !_unread.IsEmpty;
        BeforeRead(wasThere);
        int count;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            count = wasThere ? _unread.CopyTo(buffer.Span) : await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception, cancellationToken.IsCancellationRequested || _callToken.IsCancellationRequested);
            await SettleAsync().ConfigureAwait(false);
            throw;
        }

        if (HandOut(buffer.Span, ref count, wasThere))
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

    private ValueTask ConfirmAsync() => _call.Operation?.ConfirmEventsAsync(_callToken) ?? default;

    private ValueTask SettleAsync() => _call.Operation?.SettleEventsAsync(_callToken) ?? default;

    /// <summary>Ends the stream where a budget has no more for it: what comes after an event that the caller has is not asked for.</summary>
    private bool IsCut()
    {
        if (!_isCut && Volatile.Read(ref _ended) == 0 && _call.IsExhausted)
        {
            _isCut = true;
            End(static content =>
            {
                content._call.Cut();
                content.Skim();
                content._observer.End();
            });
        }

        return _isCut;
    }

    private void BeforeRead(bool isThere)
    {
        if (Volatile.Read(ref _ended) == 0)
        {
            _observer.BeforeRead(isThere);
        }
    }

    /// <summary>Shows bytes to the observer, and leaves in the buffer what the caller is to get; tells whether the call came to its end with that.</summary>
    private bool HandOut(ReadOnlySpan<byte> buffer, ref int count, bool wasThere)
    {
        var isObserved = Volatile.Read(ref _ended) == 0;
        var isEnd = count == 0 && !wasThere && !buffer.IsEmpty;
        var taken = isObserved ? _observer.Read(buffer[..count]) : count;
        if (wasThere)
        {
            _unread.Advance(taken);
        }
        else if (taken < count)
        {
            _unread.Keep(buffer[taken..count]);
        }

        count = taken;
        return isObserved && (isEnd || _observer.IsOver) && End(static content => content._observer.End());
    }

    private void Fail(Exception exception, bool isCancelled) => End(content =>
    {
        content.Skim();
        content._call.Fail(exception, isCancelled);
    });

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
            End(static content =>
            {
                content.Skim();
                content._observer.Leave();
            });
        }
    }

    private void Skim() => _observer.Skim(_unread);

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
