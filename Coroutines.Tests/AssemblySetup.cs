// Every scenario has a fixture of its own; fixtures share nothing.
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
