namespace AiObs;

/// <summary>Something that the doctor found, and how it is mended.</summary>
/// <param name="Id">The number of the kind of finding, such as <c>AIOBS020</c>; <c>docs/concepts/doctor.md</c> lists all of them.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Seen">What was seen, with names and numbers. No content.</param>
/// <param name="Cause">Why that is so, and what follows from it.</param>
/// <param name="Remedy">The line of code that mends it, or what to do.</param>
public sealed record DoctorFinding(string Id, DoctorSeverity Severity, string Seen, string Cause, string Remedy);
