using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AiObs.Pipeline;

/// <summary>Makes a span that ended earlier, or elsewhere, the current one, so that log records stand under it; nobody hears of it again.</summary>
internal readonly struct BorrowedSpan : IDisposable
{
    private readonly Activity? _caller;
    private readonly Activity? _borrowed;

    public BorrowedSpan(ActivityContext span, Faults faults)
    {
        _caller = Activity.Current;
        if (span != default && (_borrowed = faults.Get("span", span, Borrow)) is null)
        {
            Activity.Current = _caller;
        }
    }

    public void Dispose()
    {
        if (_borrowed is not null)
        {
            Activity.Current = _caller;
        }
    }

    private static Activity Borrow(ActivityContext span)
    {
        // Of no source, so that no listener hears of it. A new one gets an id of its own, and loggers read ids off the current one alone.
        var borrowed = new Activity("borrowed").SetParentId(span.TraceId, span.SpanId, span.TraceFlags).Start();
        IdOf(borrowed) = span.SpanId.ToHexString();
        return borrowed;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? IdOf(Activity activity);
}
