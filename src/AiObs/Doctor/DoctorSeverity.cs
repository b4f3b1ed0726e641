namespace AiObs;

/// <summary>How much a finding of the doctor matters.</summary>
public enum DoctorSeverity
{
    /// <summary>Worth knowing; it may well be meant.</summary>
    Information,

    /// <summary>Something that is shown or kept is not what it seems, or is missing.</summary>
    Warning,

    /// <summary>Something is lost now, or nobody can rely on it.</summary>
    Error,
}
