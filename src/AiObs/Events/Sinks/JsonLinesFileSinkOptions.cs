namespace AiObs.Events;

/// <summary>Where and how <see cref="JsonLinesFileSink"/> writes.</summary>
public sealed class JsonLinesFileSinkOptions
{
    /// <summary>Gets or sets the path of the files, such as <c>logs/events.jsonl</c>; each file adds its day and number to the name: <c>logs/events-2026-01-31.0001.jsonl</c>.</summary>
    /// <value>The default is <c>events.jsonl</c> in the current directory. Must not be empty. Directories are made.</value>
    /// <remarks>One writer has a path at a time; a file of that name with <c>.lock</c> behind it keeps others away, whose writes then fail. It stays when the sink is disposed.</remarks>
    public string Path { get; set; } = "events.jsonl";

    /// <summary>Gets or sets the size, in bytes, that a file may reach before the next one is begun; a batch stays in one file.</summary>
    /// <value>The default is 100 MB. 1,024 or more.</value>
    public long MaxFileSize { get; set; } = 100 * 1024 * 1024;

    /// <summary>Gets or sets a value indicating whether each day, in UTC, begins a file of its own.</summary>
    /// <value>The default is <see langword="true"/>. Otherwise a file goes on until it is full, whatever day its name says.</value>
    public bool RotateDaily { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the file is forced to the disk after each batch, so that what was written survives a power cut.</summary>
    /// <value>
    /// The default is <see langword="true"/>. With <see langword="false"/> that happens at a flush, at a rotation and at the end: what was written
    /// survives the end of the process, and the last events may not survive that of the machine.
    /// </value>
    public bool SyncEachBatch { get; set; } = true;

    internal JsonLinesFileSinkOptions Clone() => (JsonLinesFileSinkOptions)MemberwiseClone();
}
