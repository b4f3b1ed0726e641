using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Hosting;

/// <summary>A chat client that containers make, with a choice of constructors; it counts disposals on something that outlives it.</summary>
internal class ContainerChatClient : DelegatingChatClient
{
    private readonly Disposals? _disposals;

    public ContainerChatClient()
        : base(new StubChatClient())
    {
    }

    public ContainerChatClient(Disposals disposals)
        : this() => _disposals = disposals;

    /// <summary>Gets a value indicating whether the container chose the constructor with more parameters, as containers do.</summary>
    public bool HasDisposals => _disposals is not null;

    protected override void Dispose(bool disposing)
    {
        if (_disposals is not null)
        {
            _disposals.Plain++;
        }

        base.Dispose(disposing);
    }
}
