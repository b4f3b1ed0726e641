namespace AiObs.Operations;

/// <summary>How a call was served, apart from its tier. Apart from <see cref="ChatOperation"/>, because few calls say it.</summary>
internal sealed class ServiceTerms
{
    public string? Region { get; set; }

    public string? Speed { get; set; }
}
