namespace AiObs.Pictures;

/// <summary>A known fault in an approved picture, and the sections as they stand when it is mended.</summary>
internal sealed class FaultMark(string fault, string path, PictureSections right)
{
    public string Fault { get; } = fault;

    /// <summary>Gets the file that holds the right sections.</summary>
    public string Path { get; } = path;

    /// <summary>Returns what makes the mark useless, or null.</summary>
    public string? ProblemWith(PictureSections approved)
    {
        var unknown = right.All.FirstOrDefault(section => approved.Find(section.Key) is null);
        if (unknown.Value is not null)
        {
            return $"{Path} has a section that the approved picture has not: {unknown.Key}";
        }

        return Mend(approved).SaysTheSameAs(approved) ? $"{Path} says what is approved, so that it marks nothing." : null;
    }

    public PictureSections Mend(PictureSections picture) => picture.With(right);

    public bool IsMendedIn(PictureSections received) => right.All.All(section => received.Find(section.Key) == section.Value);
}
