namespace AiObs.Tests.Hosting;

/// <summary>A chat client that prefers to be disposed asynchronously.</summary>
internal sealed class AsyncChatClient(Disposals disposals) : ContainerChatClient(disposals), IAsyncDisposable
{
    private readonly Disposals _disposals = disposals;

    public ValueTask DisposeAsync()
    {
        _disposals.Asynchronous++;
        return ValueTask.CompletedTask;
    }
}
