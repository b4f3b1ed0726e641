namespace AiObs.Tests.Hosting;

/// <summary>How often clients were disposed.</summary>
internal sealed class Disposals
{
    public int Plain { get; set; }

    public int Asynchronous { get; set; }
}
