namespace AiObs.Events;

/// <summary>Data of an event that knows its size without being listed.</summary>
internal interface ISizedData
{
    /// <summary>Gets about how many bytes of memory it takes.</summary>
    long Size { get; }
}
