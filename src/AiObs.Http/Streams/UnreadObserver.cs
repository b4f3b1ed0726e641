using AiObs.Http.Wire;

namespace AiObs.Http.Streams;

/// <summary>Hears of nothing but the end of content that says nothing here.</summary>
internal sealed class UnreadObserver(WireCall call, ResponseHead response) : ContentObserver
{
    public override int Read(ReadOnlySpan<byte> bytes) => bytes.Length;

    public override void End()
    {
        if (response.IsFailure)
        {
            call.Fail(WireError.Of(response, default));
        }
        else
        {
            call.End(default);
        }
    }

    public override void Leave()
    {
        if (response.IsFailure)
        {
            End();
        }
        else
        {
            call.Abandon();
        }
    }
}
